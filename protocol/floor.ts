import { type Static, Type } from 'typebox';
import { AgentRef, AgentState, EpochMs, QueueRef } from './entities.ts';
import { AgentId, ConversationId, QueueId } from './ids.ts';

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });

/** A queue as whoever oversees it sees it. */
export const FloorQueue = Type.Object(
  {
    queue: QueueRef,
    /** Requests that wait, or stand before an agent. */
    waiting: Count,
    /** Since when the one has waited that waits longest; null where none does. */
    longestSince: Type.Union([EpochMs, Type.Null()]),
    /** Conversations with an agent. */
    active: Count,
    /** Of today, on the organization's calendar: accepted; of these within the queue's own `answerWithinMs`; and given up by visitors before. */
    answerWithinMs: Count,
    accepted: Count,
    inTime: Count,
    abandoned: Count,
    /** Who could be asked for it: logged on with a profile that holds it, or able to. */
    ready: Count,
    paused: Count,
    off: Count,
  },
  closed,
);
export type FloorQueue = Static<typeof FloorQueue>;

export const FloorAgent = Type.Object(
  {
    agent: AgentRef,
    state: AgentState,
    since: EpochMs,
    pausedBy: Type.Optional(Type.Enum(['agent', 'missed'])),
    reason: Type.Optional(Type.String()),
    wrapUpUntil: Type.Optional(EpochMs),
    /** Logged on, but their connection is lost. */
    lost: Type.Boolean(),
    load: Count,
    room: Count,
  },
  closed,
);
export type FloorAgent = Static<typeof FloorAgent>;

export const FloorChat = Type.Object(
  {
    conversation: ConversationId,
    /** As the visitor called themselves, or the site did, at its beginning. */
    visitor: Type.Union([Type.String(), Type.Null()]),
    queue: QueueRef,
    phase: Type.Enum(['waiting', 'presented', 'active']),
    /** With whom it is, who leads first, or before whom it stands. */
    agents: Type.Array(AgentRef),
    /** Since when the visitor waits, or somebody is with them. */
    since: EpochMs,
  },
  closed,
);
export type FloorChat = Static<typeof FloorChat>;

/** Rows that are new or different, and what is no more. `anew`: what was told before counts no longer. */
export const FloorFrame = Type.Object(
  {
    type: Type.Literal('floor'),
    at: EpochMs,
    anew: Type.Boolean(),
    queues: Type.Array(FloorQueue),
    agents: Type.Array(FloorAgent),
    chats: Type.Array(FloorChat),
    gone: Type.Object(
      { queues: Type.Array(QueueId), agents: Type.Array(AgentId), chats: Type.Array(ConversationId) },
      closed,
    ),
  },
  closed,
);
export type FloorFrame = Static<typeof FloorFrame>;
