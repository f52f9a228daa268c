import { type Static, Type } from 'typebox';
import { deliveryFailures } from './codes.ts';
import { Actor, Audience, EpochMs, EventBody, type EventType, PlainText, Seq } from './entities.ts';
import { ConversationId, DeliveryId, SiteId, WebhookId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** The kinds of events there are, in the order of the protocol. */
export const eventTypes: readonly EventType[] = EventBody.anyOf.map(({ properties }) => properties.type.const);
const Kind = Type.Enum([...eventTypes]);

const editFields = {
  name: PlainText(limits.nameLength, 1),
  url: Type.String({ minLength: 1, maxLength: limits.urlLength }),
  /** Empty is every kind that its audience may see. */
  kinds: Type.Array(Kind, { maxItems: eventTypes.length, uniqueItems: true }),
  /** `everyone`: what the visitor sees, numbered as the visitor counts. `agents`: private lines too. */
  audience: Audience,
} as const;

export const NewWebhook = Type.Object(editFields, closed);
export type NewWebhook = Static<typeof NewWebhook>;
export const WebhookChange = Type.Partial(Type.Object({ ...editFields, enabled: Type.Boolean() }, closed), closed);
export type WebhookChange = Static<typeof WebhookChange>;

/** What an administrator sees of a webhook: never its secrets. */
export const WebhookView = Type.Object(
  {
    id: WebhookId,
    ...editFields,
    createdAt: EpochMs,
    /** `failing`: switched off by itself, since a delivery found nobody for a day. `gone`: its server answered 410. */
    state: Type.Enum(['on', 'off', 'failing', 'gone']),
    /** Since when it is in that state. */
    since: EpochMs,
    /** Since when nothing was delivered although it was tried; null where the last try went well. */
    failingSince: Nullable(EpochMs),
    waiting: Type.Integer({ minimum: 0 }),
    /** Until when the secret before the last is good too; null where there is none. */
    oldSecretUntil: Nullable(EpochMs),
  },
  closed,
);
export type WebhookView = Static<typeof WebhookView>;
export const WebhookViews = Type.Object(
  {
    webhooks: Type.Array(WebhookView),
    /** What there is to choose from, for each audience. */
    kinds: Type.Object({ everyone: Type.Array(Kind), agents: Type.Array(Kind) }, closed),
  },
  closed,
);
export type WebhookViews = Static<typeof WebhookViews>;
/** The secret is there once, in the answer to its making. */
export const WebhookSecret = Type.Object({ webhook: WebhookView, secret: Type.String() }, closed);
export type WebhookSecret = Static<typeof WebhookSecret>;

export const DeliveryView = Type.Object(
  {
    id: DeliveryId,
    kind: Type.Union([Kind, Type.Literal('test')]),
    conversation: Nullable(ConversationId),
    at: EpochMs,
    state: Type.Enum(['waiting', 'delivered', 'failed', 'left_out']),
    tries: Type.Integer({ minimum: 0 }),
    lastTriedAt: Nullable(EpochMs),
    /** When it is tried next; null where it waits for an earlier one of its conversation, or for nothing. */
    nextTryAt: Nullable(EpochMs),
    /** What the last try came to: the status of the answer, or why there was none. */
    status: Nullable(Type.Integer()),
    failure: Nullable(Type.Enum([...deliveryFailures])),
  },
  closed,
);
export type DeliveryView = Static<typeof DeliveryView>;
export const DeliveriesQuery = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[A-Za-z0-9_-]{1,64}$' })) },
  closed,
);
export const DeliveriesPage = Type.Object(
  {
    /** The newest first. */
    deliveries: Type.Array(DeliveryView),
    /** Pass it as `before` for the next page; null at the end. */
    next: Nullable(Type.String()),
  },
  closed,
);
export type DeliveriesPage = Static<typeof DeliveriesPage>;

/** An event as other systems get it: without the command that it came of, which is between a client and this server. */
export const ToldEvent = Type.Object({ at: EpochMs, by: Actor, body: EventBody }, closed);

/** The body of a delivery, after Standard Webhooks: what happened, when, and in which conversation. */
export const WebhookPayload = Type.Object(
  {
    /** `conversation.` and the kind of the event, or `test`. */
    type: Type.String(),
    timestamp: Type.String({ format: 'date-time' }),
    data: Type.Union([
      Type.Object(
        {
          conversation: ConversationId,
          site: SiteId,
          /** Its place in the conversation, counted for the webhook's audience. */
          seq: Seq,
          event: ToldEvent,
        },
        closed,
      ),
      Type.Object({}, closed),
    ]),
  },
  closed,
);
export type WebhookPayload = Static<typeof WebhookPayload>;
