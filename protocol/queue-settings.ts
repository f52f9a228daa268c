import { type Static, Type } from 'typebox';
import { PlainText } from './entities.ts';
import { QueueId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** `09:00`; `24:00` is the end of a day. */
const TimeOfDay = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' });
const CalendarDay = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });

/** When a queue is open, by the clock on the wall of its own time zone. */
export const OpeningHours = Type.Object(
  {
    /** IANA: Europe/Amsterdam. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    /** Several times a day are several entries. */
    week: Type.Array(
      Type.Object(
        {
          /** ISO 8601: 1 is Monday. */
          day: Type.Integer({ minimum: 1, maximum: 7 }),
          from: TimeOfDay,
          to: TimeOfDay,
        },
        closed,
      ),
      { maxItems: limits.openingTimes },
    ),
    /** Closed all day. */
    holidays: Type.Array(Type.Object({ date: CalendarDay, name: PlainText(limits.nameLength) }, closed), {
      maxItems: limits.holidays,
    }),
  },
  closed,
);
export type OpeningHours = Static<typeof OpeningHours>;

/** What becomes of who wants to chat while the queue is closed, or full: told the hours, given a form, or sent on. */
export const ClosedPolicy = Type.Union([
  Type.Object({ do: Type.Literal('hours') }, closed),
  Type.Object({ do: Type.Literal('form') }, closed),
  Type.Object({ do: Type.Literal('queue'), queue: QueueId }, closed),
]);
export type ClosedPolicy = Static<typeof ClosedPolicy>;

export const queueSettingsFields = {
  /** How long a request stands before an agent; null is the server's own. */
  presentMs: Type.Union([Type.Integer({ minimum: 5000, maximum: limits.presentMaxMs }), Type.Null()]),
  /** The service level is the share of requests that somebody accepted within this. */
  answerWithinMs: Type.Integer({ minimum: 1000, maximum: limits.answerWithinMaxMs }),
  /** Null is always. */
  hours: Type.Union([OpeningHours, Type.Null()]),
  /** Said to the visitor once somebody has accepted, and while they wait. */
  welcome: PlainText(limits.queueTextLength),
  waiting: PlainText(limits.queueTextLength),
  whenClosed: ClosedPolicy,
  /** Who comes when so many wait finds it closed; null is no bound. */
  maxWaiting: Type.Union([Type.Integer({ minimum: 1, maximum: 1000 }), Type.Null()]),
  /** For visitors whom the site vouches for, and no others. */
  verifiedOnly: Type.Boolean(),
} as const;
export const QueueSettings = Type.Object(queueSettingsFields, closed);
export type QueueSettings = Static<typeof QueueSettings>;
