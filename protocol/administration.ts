import { type Static, Type } from 'typebox';
import { ClosingForm } from './agent-frames.ts';
import { EpochMs, PlainText, QueueRef, Role } from './entities.ts';
import { AgentId, ProfileId, QueueId } from './ids.ts';
import { limits } from './limits.ts';
import { MailWay } from './mail.ts';
import { queueSettingsFields } from './queue-settings.ts';

const closed = { additionalProperties: false } as const;
const Name = PlainText(limits.nameLength, 1);
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** BCP 47, without a region: what somebody can speak with visitors. */
const SpokenLanguages = Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), { maxItems: 20, uniqueItems: true });
const ProfileIds = Type.Array(ProfileId, { maxItems: limits.profiles, uniqueItems: true });
const personFields = {
  name: Name,
  email: Type.String({ minLength: 3, maxLength: limits.emailLength }),
  role: Role,
  /** How many chats at once. */
  room: Type.Integer({ minimum: 1, maximum: limits.agentRoomMax }),
  languages: SpokenLanguages,
  profiles: ProfileIds,
} as const;

export const NewPerson = Type.Object(personFields, closed);
export type NewPerson = Static<typeof NewPerson>;
export const PersonChange = Type.Partial(Type.Object({ ...personFields, disabled: Type.Boolean() }, closed), closed);
export type PersonChange = Static<typeof PersonChange>;
export const Person = Type.Object(
  {
    id: AgentId,
    ...personFields,
    email: Type.String(),
    /** `invited` has no password yet; `disabled` can't sign in. */
    state: Type.Enum(['invited', 'active', 'disabled']),
    twoFactor: Type.Boolean(),
  },
  closed,
);
export type Person = Static<typeof Person>;
export const People = Type.Object({ people: Type.Array(Person) }, closed);
export type People = Static<typeof People>;
/**
 * The way in, for who was invited or forgot their password: good once, until `expiresAt`. It is mailed to them as well,
 * unless mails stay in the data folder.
 */
export const Invited = Type.Object({ person: Person, link: Type.String(), expiresAt: EpochMs, mail: MailWay }, closed);
export type Invited = Static<typeof Invited>;

const queueFields = {
  name: Name,
  wrapUpMs: Type.Integer({ minimum: 0, maximum: limits.wrapUpMaxMs }),
  closing: Nullable(ClosingForm),
  ...queueSettingsFields,
} as const;
export const NewQueue = Type.Object({ name: Name }, closed);
export const QueueEdit = Type.Partial(Type.Object({ ...queueFields, retired: Type.Boolean() }, closed), closed);
export type QueueEdit = Static<typeof QueueEdit>;
export const QueueView = Type.Object(
  { id: QueueId, ...queueFields, retired: Type.Boolean(), open: Type.Boolean() },
  closed,
);
export type QueueView = Static<typeof QueueView>;
export const QueueViews = Type.Object({ queues: Type.Array(QueueView) }, closed);

export const ProfileEdit = Type.Object(
  { name: Name, queues: Type.Array(QueueId, { minItems: 1, maxItems: limits.queues, uniqueItems: true }) },
  closed,
);
export type ProfileEdit = Static<typeof ProfileEdit>;
export const ProfileView = Type.Object({ id: ProfileId, name: Type.String(), queues: Type.Array(QueueRef) }, closed);
export type ProfileView = Static<typeof ProfileView>;
export const ProfileViews = Type.Object({ profiles: Type.Array(ProfileView) }, closed);

export const NewSite = Type.Object(
  { name: Name, origin: Type.String({ maxLength: limits.urlLength }), queue: QueueId },
  closed,
);
export type NewSite = Static<typeof NewSite>;

/** What a link in a mail leads to. It is in the body: an address would stand in every log on the way. */
export const LinkToken = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
export const LookAtLink = Type.Object({ token: LinkToken }, closed);
export const LinkView = Type.Object({ name: Type.String(), email: Type.String(), organization: Type.String() }, closed);
export type LinkView = Static<typeof LinkView>;
const NewPassword = Type.String({ minLength: limits.passwordLeast, maxLength: 1024 });
export const UseLink = Type.Object({ token: LinkToken, password: NewPassword }, closed);
export const PasswordChange = Type.Object(
  { current: Type.String({ minLength: 1, maxLength: 1024 }), password: NewPassword },
  closed,
);

/** A server without an organization waits for who knows the code that it printed at its start. */
export const FirstRunState = Type.Object({ open: Type.Boolean() }, closed);
export type FirstRunState = Static<typeof FirstRunState>;
export const FirstRun = Type.Object(
  { code: LinkToken, organization: Name, name: Name, email: personFields.email, password: NewPassword },
  closed,
);
export type FirstRun = Static<typeof FirstRun>;

export const CurrentPassword = Type.Object({ current: Type.String({ minLength: 1, maxLength: 1024 }) }, closed);
export const TwoFactorState = Type.Object({ on: Type.Boolean(), recoveryLeft: Type.Integer() }, closed);
export type TwoFactorState = Static<typeof TwoFactorState>;
/** For the authenticator app; not on until a code of it was given back. */
export const TwoFactorOffer = Type.Object({ secret: Type.String(), uri: Type.String() }, closed);
export type TwoFactorOffer = Static<typeof TwoFactorOffer>;
export const TwoFactorConfirmation = Type.Object(
  { secret: Type.String({ pattern: '^[A-Z2-7]{32}$' }), code: Type.String({ pattern: '^[0-9]{6}$' }) },
  closed,
);
/** Shown this once. */
export const RecoveryCodes = Type.Object({ codes: Type.Array(Type.String()) }, closed);
export type RecoveryCodes = Static<typeof RecoveryCodes>;
