import { type Static, Type } from 'typebox';
import { mailFailures } from './codes.ts';
import { EpochMs } from './entities.ts';
import { ConversationId, MailId } from './ids.ts';

const closed = { additionalProperties: false } as const;
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** Where mails go: to a mail server, or into the data folder. */
export const MailWay = Type.Enum(['smtp', 'folder']);
export type MailWay = Static<typeof MailWay>;

/** A mail that is to leave, or has. */
export const MailView = Type.Object(
  {
    id: MailId,
    kind: Type.Enum(['transcript', 'confirmation', 'invitation']),
    /** Null for an invitation. */
    conversation: Nullable(ConversationId),
    recipient: Type.String(),
    at: EpochMs,
    state: Type.Enum(['waiting', 'sent', 'failed']),
    tries: Type.Integer(),
    triedAt: Nullable(EpochMs),
    nextTryAt: Nullable(EpochMs),
    failure: Nullable(Type.Enum([...mailFailures])),
    /** What the mail server said. */
    detail: Type.String(),
  },
  closed,
);
export type MailView = Static<typeof MailView>;
export const MailsQuery = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[A-Za-z0-9_-]{1,64}$' })) },
  closed,
);
export const MailsPage = Type.Object(
  {
    way: MailWay,
    /** The newest first. */
    mails: Type.Array(MailView),
    /** Pass it as `before` for the next page; null at the end. */
    next: Nullable(Type.String()),
  },
  closed,
);
export type MailsPage = Static<typeof MailsPage>;

/** What stands in a mail that was written to the data folder. */
export const MailContent = Type.Object({ from: Type.String(), subject: Type.String(), text: Type.String() }, closed);
export type MailContent = Static<typeof MailContent>;
