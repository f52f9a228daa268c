import { type Static, Type } from 'typebox';
import { faultCodes, refusalCodes } from './codes.ts';
import { ConversationEvent, EpochMs, Seq } from './entities.ts';
import { CommandId, ConversationId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

export const Token = Type.String({ maxLength: limits.tokenFrameBytes });
export const Proof = Type.String({ maxLength: limits.proofBytes });
const Nonce = Type.String({ pattern: '^[A-Za-z0-9_-]{22,64}$' });

/** A place in one conversation, in the reader's own numbering. */
export const Cursor = Type.Object({ conversation: ConversationId, after: Seq }, closed);
export type Cursor = Static<typeof Cursor>;

/** The server's first frame on every socket. */
export const ChallengeFrame = Type.Object(
  { type: Type.Literal('challenge'), version: Type.Integer(), nonce: Nonce, at: EpochMs },
  closed,
);
export type ChallengeFrame = Static<typeof ChallengeFrame>;

export const Signal = Type.Union([
  Type.Object({ kind: Type.Literal('typing'), by: Type.Enum(['visitor', 'agent']), on: Type.Boolean() }, closed),
  /** Is the other side there? For an agent: the visitor. For a visitor: the agent. */
  Type.Object({ kind: Type.Literal('presence'), connected: Type.Boolean() }, closed),
  /** The visitor has seen everything up to here (the reader's own numbering). */
  Type.Object({ kind: Type.Literal('seen'), seq: Seq }, closed),
  /** Where a waiting request stands: 1 is next. `agents` is how many are ready to be asked for it, `text` what the queue says to who waits. */
  Type.Object(
    { kind: Type.Literal('place'), place: Type.Integer(), agents: Type.Integer(), text: Type.Optional(Type.String()) },
    closed,
  ),
]);
export type Signal = Static<typeof Signal>;

export const EventFrame = Type.Object(
  { type: Type.Literal('event'), conversation: ConversationId, seq: Seq, event: ConversationEvent },
  closed,
);
export const AckFrame = Type.Object(
  { type: Type.Literal('ack'), id: CommandId, conversation: ConversationId, seq: Seq },
  closed,
);
export const RefusalFrame = Type.Object(
  {
    type: Type.Literal('refusal'),
    id: CommandId,
    code: Type.Enum([...refusalCodes]),
    /** English, for developers; people read the catalogue's text for `code`. */
    message: Type.String(),
    field: Type.Optional(Type.String()),
    retryAfterMs: Type.Optional(Type.Integer()),
  },
  closed,
);
export const SignalFrame = Type.Object(
  { type: Type.Literal('signal'), conversation: ConversationId, signal: Signal },
  closed,
);
export const FaultFrame = Type.Object(
  {
    type: Type.Literal('fault'),
    code: Type.Enum([...faultCodes]),
    message: Type.String(),
    field: Type.Optional(Type.String()),
    retryAfterMs: Type.Optional(Type.Integer()),
  },
  closed,
);
/** The server is about to stop: come back after so many milliseconds; nothing is lost. */
export const DrainingFrame = Type.Object({ type: Type.Literal('draining'), reconnectAfterMs: Type.Integer() }, closed);

/**
 * A client that heard nothing for a while asks whether the server is still there: browsers hide WebSocket pings from
 * scripts, so a connection that died in silence is found only so.
 */
export const PingFrame = Type.Object({ type: Type.Literal('ping') }, closed);
const PongFrame = Type.Object({ type: Type.Literal('pong') }, closed);

/** What the server sends to visitors and agents alike. */
export const toBoth = [
  ChallengeFrame,
  EventFrame,
  AckFrame,
  RefusalFrame,
  SignalFrame,
  FaultFrame,
  DrainingFrame,
  PongFrame,
] as const;
