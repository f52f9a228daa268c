import { type Static, type TProperties, Type } from 'typebox';
import { tokenChecks } from './codes.ts';
import { AgentId, CommandId, FileId, InvitationId, OfferId, QueueId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** Kept in a column of its own, and no column of PostgreSQL's takes a NUL. */
export const PlainText = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000]*$' });

/** Milliseconds since 1970, by the server's clock. */
export const EpochMs = Type.Integer({ minimum: 0 });
/** A position in a log; 0 is before the first event. */
export const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const Locale = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35 });

export const EmailText = Type.String({ minLength: 3, maxLength: limits.emailLength });

export const Page = Type.Object(
  { url: Type.String({ maxLength: limits.urlLength }), title: Type.String({ maxLength: limits.titleLength }) },
  closed,
);
export type Page = Static<typeof Page>;

export const VariableName = Type.String({ minLength: 1, maxLength: limits.variableNameLength });
export const VariableValue = Type.Union([
  Type.String({ maxLength: limits.variableValueLength }),
  Type.Number(),
  Type.Boolean(),
]);
export type VariableValue = Static<typeof VariableValue>;

/**
 * What is known of a visitor, one entry a name. There is no shape without `verified`, so that no consumer can take a
 * claim for a fact by forgetting to look.
 */
export const VerifiedVariable = Type.Object(
  { name: VariableName, value: VariableValue, verified: Type.Literal(true) },
  closed,
);
export const ClaimedVariable = Type.Object(
  { name: VariableName, value: VariableValue, verified: Type.Literal(false), source: Type.Enum(['page', 'form']) },
  closed,
);
export type VerifiedVariable = Static<typeof VerifiedVariable>;
export type ClaimedVariable = Static<typeof ClaimedVariable>;

/** Who verified, with what, from when until when: what a lock means, spelled out. */
export const Verification = Type.Object(
  {
    subject: Type.String(),
    issuer: Type.String(),
    keyId: Type.String(),
    verifiedAt: EpochMs,
    expiresAt: EpochMs,
    /** True where the token named the browser's own key (`cnf.jkt`, RFC 7800) and it was that browser's. */
    bound: Type.Boolean(),
  },
  closed,
);
export type Verification = Static<typeof Verification>;

export const AgentRef = Type.Object({ id: AgentId, name: Type.String() }, closed);
export type AgentRef = Static<typeof AgentRef>;
export const QueueRef = Type.Object({ id: QueueId, name: Type.String() }, closed);
export type QueueRef = Static<typeof QueueRef>;

export const Actor = Type.Union([
  Type.Object({ kind: Type.Literal('visitor') }, closed),
  Type.Object({ kind: Type.Literal('agent'), agent: AgentRef }, closed),
  Type.Object({ kind: Type.Literal('system') }, closed),
]);
export type Actor = Static<typeof Actor>;

/** Who may see an event: the visitor and the agents, or the agents alone. */
export const Audience = Type.Enum(['everyone', 'agents']);
export type Audience = 'everyone' | 'agents';

export const FileKind = Type.Enum(['image', 'pdf', 'text']);
export type FileKind = 'image' | 'pdf' | 'text';

/** A file as a message carries it: what it is called and what it is, found from its content. */
export const FileRef = Type.Object(
  {
    id: FileId,
    name: Type.String({ maxLength: limits.fileNameLength }),
    kind: FileKind,
    bytes: Type.Integer({ minimum: 1, maximum: limits.fileBytes }),
    /** Of pictures, upright. */
    width: Type.Optional(Type.Integer()),
    height: Type.Optional(Type.Integer()),
  },
  closed,
);
export type FileRef = Static<typeof FileRef>;

export const OptionValue = Type.String({ minLength: 1, maxLength: limits.optionLabelLength });
export const OfferOption = Type.Object(
  {
    /** What an answer names it by; stable where the offer was saved, whatever its label becomes. */
    value: OptionValue,
    label: Type.String({ minLength: 1, maxLength: limits.optionLabelLength }),
    description: Type.Optional(Type.String({ minLength: 1, maxLength: limits.optionDescriptionLength })),
    picture: Type.Optional(FileRef),
  },
  closed,
);
export type OfferOption = Static<typeof OfferOption>;

/** A structured menu for the visitor. One choice where `most` is 1. */
export const OfferContent = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: limits.offerTitleLength }),
    options: Type.Array(OfferOption, { minItems: limits.optionsLeast, maxItems: limits.optionsMost }),
    least: Type.Integer({ minimum: 1, maximum: limits.optionsMost }),
    most: Type.Integer({ minimum: 1, maximum: limits.optionsMost }),
    /** The visitor may say "none of these". */
    optional: Type.Boolean(),
  },
  closed,
);
export type OfferContent = Static<typeof OfferContent>;

export const InvitationTarget = Type.Union([
  Type.Object({ kind: Type.Literal('agent'), agent: AgentRef }, closed),
  Type.Object({ kind: Type.Literal('queue'), queue: QueueRef }, closed),
]);
export type InvitationTarget = Static<typeof InvitationTarget>;

/** What the inviter does once somebody has accepted. */
export const InviterPlan = Type.Enum(['stay', 'leave']);
export type InviterPlan = 'stay' | 'leave';
/** The same, or `move`: the conversation passes to who accepts, and whoever else is in it leaves. */
export const InvitationPlan = Type.Enum(['stay', 'leave', 'move']);
export type InvitationPlan = InviterPlan | 'move';

/** What the agent notes when a chat is over; agents alone see it. */
export const closingFields = {
  category: Type.Optional(Type.String({ minLength: 1, maxLength: limits.categoryLength })),
  note: Type.Optional(Type.String({ minLength: 1, maxLength: limits.noteLength })),
} as const;

/** What the visitor says of a chat when it is over. */
export const ratingFields = {
  score: Type.Integer({ minimum: 1, maximum: limits.scoreMost }),
  comment: Type.Optional(Type.String({ minLength: 1, maxLength: limits.ratingCommentLength })),
} as const;

const body = <Kind extends string, Fields extends TProperties>(kind: Kind, fields: Fields) =>
  Type.Object({ type: Type.Literal(kind), ...fields }, closed);

/** What can happen in a conversation. `domain/audience.ts` says who sees which. */
export const EventBody = Type.Union([
  body('requested', { queue: QueueRef, page: Page, locale: Locale }),
  body('visited', { page: Page }),
  body('claimed', { variables: Type.Array(ClaimedVariable) }),
  body('verified', { verification: Verification, variables: Type.Array(VerifiedVariable) }),
  body('unverified', { check: Type.Enum([...tokenChecks]) }),
  body('presented', { agent: AgentRef, until: EpochMs }),
  body('declined', { agent: AgentRef }),
  body('lapsed', { agent: AgentRef }),
  body('returned', { agent: AgentRef }),
  body('accepted', { agent: AgentRef }),
  /** An agent went out of the conversation; the last one to go leaves it waiting. */
  body('left', { agent: AgentRef, reason: Type.Enum(['lost', 'left', 'moved']) }),
  /** Whoever oversees it moved it: the visitor waits in this queue from now on, and nobody is in it. */
  body('moved', { queue: QueueRef }),
  body('message', { text: Type.String(), audience: Audience, files: Type.Optional(Type.Array(FileRef)) }),
  body('offered', { offer: OfferId, content: OfferContent }),
  /** No value: "none of these". */
  body('answered', { offer: OfferId, values: Type.Array(OptionValue) }),
  body('withdrawn', { offer: OfferId }),
  body('invited', {
    invitation: InvitationId,
    by: AgentRef,
    to: InvitationTarget,
    note: Type.String(),
    plan: InvitationPlan,
    /** When it is over if nobody could be asked. */
    until: EpochMs,
  }),
  /** The invitation stands before an agent, who has until then. */
  body('asked', { agent: AgentRef, until: EpochMs }),
  body('unanswered', { agent: AgentRef, reason: Type.Enum(['declined', 'lapsed', 'returned']) }),
  /** The invitation is over, and nobody came. */
  body('uninvited', { reason: Type.Enum(['declined', 'lapsed', 'returned', 'withdrawn', 'nobody', 'ended']) }),
  body('joined', { agent: AgentRef }),
  body('classified', closingFields),
  /** The visitor's answer to the survey, after the end. */
  body('rated', ratingFields),
  /**
   * A transcript was asked for, by the visitor or by the site's settings. What is verified was signed by the site; to
   * any other address nothing of the conversation is sent before it is confirmed there. Empty once it is forgotten.
   */
  body('transcript', { email: Type.String({ maxLength: limits.emailLength }), verified: Type.Boolean() }),
  /** The link in a mail to this address was followed, and what it asks affirmed. */
  body('confirmed', { email: Type.String({ maxLength: limits.emailLength }) }),
  /** `message`: nobody was there, and the visitor left a message. */
  body('ended', { reason: Type.Enum(['visitor', 'agent', 'abandoned', 'signed_out', 'message']) }),
]);
export type EventBody = Static<typeof EventBody>;
export type EventType = EventBody['type'];

/** An event as a reader receives it; its number stands in the frame or page around it, counted for that reader. */
export const ConversationEvent = Type.Object(
  { at: EpochMs, by: Actor, command: Type.Optional(CommandId), body: EventBody },
  closed,
);
export type ConversationEvent = Static<typeof ConversationEvent>;

export const AgentState = Type.Enum(['ready', 'paused', 'off']);
export type AgentState = 'ready' | 'paused' | 'off';
export const Role = Type.Enum(['agent', 'supervisor', 'admin']);
export type Role = 'agent' | 'supervisor' | 'admin';
