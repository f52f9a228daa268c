import { type Static, Type } from 'typebox';
import { AgentRef, EpochMs, QueueRef } from './entities.ts';
import { AgentId, ConversationId, QueueId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;
const Count = Type.Integer();
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** On the organization's calendar. */
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

/** The first and the last day, and of what. */
const filter = { from: Day, to: Day, queue: Type.Optional(QueueId), agent: Type.Optional(AgentId) } as const;
export const StatisticsQuery = Type.Object(filter, closed);
export type StatisticsQuery = Static<typeof StatisticsQuery>;

export const StatisticsGrouping = Type.Enum(['day', 'queue', 'agent']);
export type StatisticsGrouping = Static<typeof StatisticsGrouping>;
export const StatisticsExportQuery = Type.Object({ ...filter, by: StatisticsGrouping }, closed);

/** Null is where there was nothing to take it from. */
const figures = {
  requests: Count,
  /** Each time that a request stood before an agent; it ends in one of the four that follow. */
  offered: Count,
  accepted: Count,
  declined: Count,
  missed: Count,
  /** Not up to the agent: the visitor left, or the agent's line went. */
  withdrawn: Count,
  /** Visitors who left while nobody was there. */
  abandoned: Count,
  /** Left instead of a chat. */
  messages: Count,
  /** What half of those who were accepted waited at most, and nine in ten. */
  waitMedianMs: Nullable(Count),
  wait90Ms: Nullable(Count),
  /** Who was accepted as soon as their queue aims at, of all who were accepted or gave up: from 0 to 1. */
  serviceLevel: Nullable(Type.Number()),
  /** On average. */
  durationMs: Nullable(Count),
  ratings: Count,
  /** On average, from 1 to 5. */
  score: Nullable(Type.Number()),
} as const;
export const Figures = Type.Object(figures, closed);
export type Figures = Static<typeof Figures>;

export const StatisticsReport = Type.Object(
  {
    timeZone: Type.String(),
    /** Which day it is there. */
    today: Day,
    total: Figures,
    /** Each of the period, also where nothing happened. */
    days: Type.Array(Type.Object({ day: Day, figures: Figures }, closed)),
    queues: Type.Array(Type.Object({ queue: QueueRef, figures: Figures }, closed)),
    agents: Type.Array(Type.Object({ agent: AgentRef, figures: Figures }, closed)),
    categories: Type.Array(Type.Object({ category: Type.String(), count: Count }, closed)),
    /** How often each score was given, from 1 on. */
    scores: Type.Array(Count),
    /** What one can choose from. */
    choices: Type.Object({ queues: Type.Array(QueueRef), agents: Type.Array(AgentRef) }, closed),
  },
  closed,
);
export type StatisticsReport = Static<typeof StatisticsReport>;

export const RatingCommentsQuery = Type.Object(
  { ...filter, before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[A-Za-z0-9_-]{1,64}$' })) },
  closed,
);
export const RatingComments = Type.Object(
  {
    /** The newest first. */
    comments: Type.Array(
      Type.Object(
        {
          conversation: ConversationId,
          at: EpochMs,
          queue: QueueRef,
          agent: Nullable(AgentRef),
          score: Count,
          comment: Type.String({ maxLength: limits.ratingCommentLength }),
        },
        closed,
      ),
    ),
    /** Pass it as `before` for the next page; null at the end. */
    next: Nullable(Type.String()),
  },
  closed,
);
export type RatingComments = Static<typeof RatingComments>;

/** Null is the server's own. */
export const TimeZoneChange = Type.Object({ timeZone: Nullable(Type.String({ minLength: 1, maxLength: 60 })) }, closed);
export const TimeZoneView = Type.Object({ timeZone: Nullable(Type.String()), inUse: Type.String() }, closed);
export type TimeZoneView = Static<typeof TimeZoneView>;
