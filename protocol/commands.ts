import { type Static, Type } from 'typebox';
import {
  Audience,
  closingFields,
  EmailText,
  InviterPlan,
  Locale,
  OptionValue,
  Page,
  ratingFields,
} from './entities.ts';
import { AgentId, FileId, OfferId, QueueId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;
/** Empty where files say it all. */
const MessageText = Type.String({ maxLength: limits.messageLength });
/** Uploaded before, for this conversation and by who sends the message. */
const Files = Type.Optional(Type.Array(FileId, { minItems: 1, maxItems: limits.filesPerMessage, uniqueItems: true }));

/** An offer as an agent makes it: pictures by the files they were uploaded as. */
export const OfferDraft = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: limits.offerTitleLength }),
    options: Type.Array(
      Type.Object(
        {
          value: OptionValue,
          label: Type.String({ minLength: 1, maxLength: limits.optionLabelLength }),
          description: Type.Optional(Type.String({ minLength: 1, maxLength: limits.optionDescriptionLength })),
          picture: Type.Optional(FileId),
        },
        closed,
      ),
      { minItems: limits.optionsLeast, maxItems: limits.optionsMost },
    ),
    least: Type.Integer({ minimum: 1, maximum: limits.optionsMost }),
    most: Type.Integer({ minimum: 1, maximum: limits.optionsMost }),
    optional: Type.Boolean(),
  },
  closed,
);
export type OfferDraft = Static<typeof OfferDraft>;

export const VisitorCommand = Type.Union([
  Type.Object(
    {
      type: Type.Literal('request'),
      queue: Type.Optional(QueueId),
      page: Page,
      locale: Locale,
      name: Type.Optional(Type.String({ minLength: 1, maxLength: limits.nameLength })),
      email: Type.Optional(EmailText),
      /** Left for later, where the desk is closed: nobody is waited for. */
      text: Type.Optional(Type.String({ minLength: 1, maxLength: limits.messageLength })),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('message'), text: MessageText, files: Files }, closed),
  /** An offer is answered once; no value says "none of these", where the offer allows it. */
  Type.Object(
    {
      type: Type.Literal('answer'),
      offer: OfferId,
      values: Type.Array(OptionValue, { maxItems: limits.optionsMost, uniqueItems: true }),
    },
    closed,
  ),
  /** Where the site vouches for an address, that one is taken and `email` is of no account. */
  Type.Object({ type: Type.Literal('transcript'), email: Type.Optional(EmailText) }, closed),
  Type.Object({ type: Type.Literal('end') }, closed),
  /** Once, and only when it is over. */
  Type.Object({ type: Type.Literal('rate'), ...ratingFields }, closed),
]);
export type VisitorCommand = Static<typeof VisitorCommand>;

const Target = Type.Union([
  Type.Object({ kind: Type.Literal('agent'), agent: AgentId }, closed),
  Type.Object({ kind: Type.Literal('queue'), queue: QueueId }, closed),
]);

export const AgentCommand = Type.Union([
  Type.Object({ type: Type.Literal('accept') }, closed),
  Type.Object({ type: Type.Literal('decline') }, closed),
  /** `audience` has no default: a message whose sender did not say for whom it is, is refused. */
  Type.Object({ type: Type.Literal('message'), text: MessageText, audience: Audience, files: Files }, closed),
  Type.Object({ type: Type.Literal('offer'), content: OfferDraft }, closed),
  Type.Object({ type: Type.Literal('withdraw'), offer: OfferId }, closed),
  Type.Object(
    {
      type: Type.Literal('invite'),
      to: Target,
      note: Type.String({ maxLength: limits.noteLength }),
      plan: InviterPlan,
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('uninvite') }, closed),
  /** Out of a conversation that colleagues go on with. */
  Type.Object({ type: Type.Literal('leave') }, closed),
  /** Into a conversation that one oversees, without having been asked. */
  Type.Object({ type: Type.Literal('join') }, closed),
  /** What one oversees passes to a colleague, who is asked first, or waits in a queue. */
  Type.Object({ type: Type.Literal('move'), to: Target, note: Type.String({ maxLength: limits.noteLength }) }, closed),
  Type.Object({ type: Type.Literal('end') }, closed),
  /** The closing form, during the conversation or after it; what is said last counts. */
  Type.Object({ type: Type.Literal('classify'), ...closingFields }, closed),
]);
export type AgentCommand = Static<typeof AgentCommand>;
