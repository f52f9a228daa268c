import { type Static, Type } from 'typebox';
import { AgentCommand } from './commands.ts';
import { AgentRef, AgentState, EpochMs, PlainText, QueueRef, Role, Seq } from './entities.ts';
import { FloorFrame } from './floor.ts';
import { Cursor, PingFrame, toBoth } from './frames.ts';
import { CommandId, ConversationId, ProfileId, SiteId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

export const AgentHello = Type.Object(
  {
    type: Type.Literal('hello'),
    version: Type.Integer(),
    /** From `GET /api/session`: no page of another origin can read it, so none can open this socket. */
    csrf: Type.String({ maxLength: 64 }),
    cursors: Type.Array(Cursor, { maxItems: 100 }),
  },
  closed,
);
export type AgentHello = Static<typeof AgentHello>;

export const AgentFrame = Type.Union([
  AgentHello,
  Type.Object(
    { type: Type.Literal('send'), id: CommandId, conversation: ConversationId, command: AgentCommand },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('status'),
      state: AgentState,
      profile: Type.Optional(ProfileId),
      reason: Type.Optional(PlainText(limits.reasonLength)),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('typing'), conversation: ConversationId, on: Type.Boolean() }, closed),
  Type.Object({ type: Type.Literal('resume'), conversation: ConversationId, after: Seq }, closed),
  /** For who oversees queues: their floor is told from now on, or no longer. */
  Type.Object({ type: Type.Literal('floor'), on: Type.Boolean() }, closed),
  /** For the same: they are told when what was counted changes, from now on or no longer. */
  Type.Object({ type: Type.Literal('statistics'), on: Type.Boolean() }, closed),
  /** Reads along in a conversation of theirs, instead of the one before; null in none. Nobody in it hears of that. */
  Type.Object({ type: Type.Literal('watch'), conversation: Type.Union([ConversationId, Type.Null()]) }, closed),
  PingFrame,
]);
export type AgentFrame = Static<typeof AgentFrame>;

export const AgentStatus = Type.Object(
  {
    state: AgentState,
    since: EpochMs,
    profile: Type.Union([ProfileId, Type.Null()]),
    /** Who paused: the agent, with a reason of their own, or the desk, because requests went unanswered. */
    pausedBy: Type.Optional(Type.Enum(['agent', 'missed'])),
    reason: Type.Optional(Type.String()),
    /** Ready, but given time to wrap up the chat before; asked again from then on. */
    wrapUpUntil: Type.Optional(EpochMs),
  },
  closed,
);
export type AgentStatus = Static<typeof AgentStatus>;

export const Profile = Type.Object({ id: ProfileId, name: Type.String(), queues: Type.Array(QueueRef) }, closed);
export type Profile = Static<typeof Profile>;

export const ClosingForm = Type.Object(
  {
    categories: Type.Array(Type.String({ minLength: 1, maxLength: limits.categoryLength }), {
      maxItems: limits.categories,
      uniqueItems: true,
    }),
    required: Type.Boolean(),
  },
  closed,
);
export type ClosingForm = Static<typeof ClosingForm>;

/** What the log of a conversation does not hold but its tab needs. */
export const OpenConversation = Type.Object(
  {
    conversation: ConversationId,
    site: Type.Object({ id: SiteId, name: Type.String() }, closed),
    /** The site's own names for variables. */
    labels: Type.Record(Type.String(), Type.String()),
    /** Is the visitor connected now? */
    connected: Type.Boolean(),
    /** The visitor has seen events up to this number. */
    seen: Seq,
    /** Events numbered above this follow; less than the cursor that was asked for means: begin anew. */
    after: Seq,
    /** What the queue asks when the chat is over; null where it asks nothing. */
    closing: Type.Union([ClosingForm, Type.Null()]),
  },
  closed,
);
export type OpenConversation = Static<typeof OpenConversation>;

export const AgentReady = Type.Object(
  {
    type: Type.Literal('ready'),
    at: EpochMs,
    agent: AgentRef,
    role: Role,
    organization: Type.String(),
    status: AgentStatus,
    profiles: Type.Array(Profile),
    conversations: Type.Array(OpenConversation),
  },
  closed,
);
export type AgentReady = Static<typeof AgentReady>;

export const ToAgent = Type.Union([
  ...toBoth,
  AgentReady,
  Type.Object({ type: Type.Literal('status'), status: AgentStatus }, closed),
  FloorFrame,
  /** Its events follow, as of a conversation that is open. */
  Type.Object({ type: Type.Literal('watched'), open: OpenConversation }, closed),
  /** There is no such conversation for this agent to watch, or not any more. */
  Type.Object(
    {
      type: Type.Literal('unwatched'),
      conversation: ConversationId,
      /** It was being read, and is gone for everybody. */
      reason: Type.Optional(Type.Literal('erased')),
    },
    closed,
  ),
  /** Sums that this agent may read are others now. */
  Type.Object({ type: Type.Literal('counted') }, closed),
  /** A conversation now concerns this agent: its tab opens, its events follow. */
  Type.Object({ type: Type.Literal('open'), open: OpenConversation }, closed),
  /** It no longer does: the request was declined, ran out, was withdrawn, or went to somebody else. */
  Type.Object(
    {
      type: Type.Literal('gone'),
      conversation: ConversationId,
      reason: Type.Enum(['declined', 'lapsed', 'returned', 'ended', 'lost', 'left', 'moved', 'withdrawn', 'erased']),
    },
    closed,
  ),
]);
export type ToAgent = Static<typeof ToAgent>;
