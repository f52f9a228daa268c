import { type Static, Type } from 'typebox';
import { Actor, AgentRef, Audience, EpochMs, FileRef, QueueRef, Role, Seq } from './entities.ts';
import { AgentId, ConversationId, QueueId, SiteId } from './ids.ts';
import { limits } from './limits.ts';
import { ToldEvent } from './webhooks.ts';

const closed = { additionalProperties: false } as const;
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const Limit = Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$', description: `at most ${limits.apiPage}` }));
const Time = Type.String({ pattern: '^[0-9]{1,15}$', description: 'milliseconds since 1970' });
/** `everyone`: what the visitor sees, numbered as the visitor counts. `agents`: all of it. */
const Reading = Type.Optional(Audience);

export const ApiConversation = Type.Object(
  {
    id: ConversationId,
    site: Type.Object({ id: SiteId, name: Type.String() }, closed),
    queue: QueueRef,
    /** `presented` is told those alone who may read private lines; others see it wait. */
    phase: Type.Enum(['waiting', 'presented', 'active', 'ended']),
    /** Who is in it, or was when it ended. */
    agents: Type.Array(AgentRef),
    requestedAt: EpochMs,
    endedAt: Nullable(EpochMs),
    /** Of its newest event, counted for who reads. */
    seq: Seq,
    /** Who it was verified to be (`sub`): for those who may read private lines. */
    subject: Type.Optional(Nullable(Type.String())),
  },
  closed,
);
export type ApiConversation = Static<typeof ApiConversation>;

export const ApiConversationsQuery = Type.Object(
  {
    queue: Type.Optional(QueueId),
    ended: Type.Optional(Type.Enum(['true', 'false'])),
    /** Requested then or later, and before `until`. */
    since: Type.Optional(Time),
    until: Type.Optional(Time),
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[A-Za-z0-9_-]{1,64}$' })),
    limit: Limit,
  },
  closed,
);
export const ApiConversations = Type.Object(
  {
    /** The newest first. */
    conversations: Type.Array(ApiConversation),
    /** Pass it as `before` for the next page; null at the end. */
    next: Nullable(Type.String()),
  },
  closed,
);

export const ApiReading = Type.Object({ audience: Reading }, closed);
export const ApiEventsQuery = Type.Object(
  { audience: Reading, after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })), limit: Limit },
  closed,
);
export const ApiEvents = Type.Object(
  {
    events: Type.Array(Type.Object({ seq: Seq, event: ToldEvent }, closed)),
    /** Pass it as `after` for the next page; null at the end. */
    next: Nullable(Seq),
  },
  closed,
);
export type ApiEvents = Static<typeof ApiEvents>;

export const ApiFiles = Type.Object(
  {
    files: Type.Array(Type.Object({ file: FileRef, seq: Seq, at: EpochMs, by: Actor, audience: Audience }, closed)),
  },
  closed,
);
export type ApiFiles = Static<typeof ApiFiles>;

export const ApiQueues = Type.Object(
  { queues: Type.Array(Type.Object({ id: QueueId, name: Type.String(), retired: Type.Boolean() }, closed)) },
  closed,
);

export const ApiAgents = Type.Object(
  {
    agents: Type.Array(
      Type.Object(
        {
          id: AgentId,
          name: Type.String(),
          email: Type.String(),
          role: Role,
          languages: Type.Array(Type.String()),
          disabled: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  closed,
);

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
export const ApiStatisticsQuery = Type.Object(
  { from: Day, to: Day, by: Type.Optional(Type.Enum(['day', 'queue', 'agent'])), queue: Type.Optional(QueueId) },
  closed,
);
export const ApiStatistics = Type.Object(
  {
    sums: Type.Array(
      Type.Object(
        {
          /** The day, or the id of the queue or agent; empty where it was nobody's. */
          key: Type.String(),
          /** What was counted. */
          kind: Type.String(),
          /** Of what it was, where there are several: a category, a score, a step of the waiting times. */
          value: Type.String(),
          count: Type.Integer(),
          /** What they add up to: milliseconds of waiting and chatting. */
          total: Type.Integer(),
        },
        closed,
      ),
    ),
  },
  closed,
);
