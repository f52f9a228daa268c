import { type Static, Type } from 'typebox';
import { httpErrorCodes } from './codes.ts';
import {
  AgentRef,
  AgentState,
  Audience,
  ConversationEvent,
  EpochMs,
  FileRef,
  OfferContent,
  PlainText,
  QueueRef,
  Role,
  Seq,
} from './entities.ts';
import { AgentId, ConversationId, PresetId, QueueId, SavedOfferId, SiteId } from './ids.ts';
import { limits } from './limits.ts';
import { SiteSettings } from './site-settings.ts';

const closed = { additionalProperties: false } as const;

export const HttpError = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.Enum([...httpErrorCodes]),
        message: Type.String(),
        field: Type.Optional(Type.String()),
        /** Names this request in the server's log. */
        request: Type.String(),
      },
      closed,
    ),
  },
  { ...closed, $id: 'HttpError' },
);
export type HttpError = Static<typeof HttpError>;

export const SignIn = Type.Object(
  {
    email: Type.String({ minLength: 3, maxLength: limits.emailLength }),
    password: Type.String({ minLength: 1, maxLength: 1024 }),
    /** Of the authenticator app, or one of the recovery codes; asked for with `second_factor_expected`. */
    code: Type.Optional(Type.String({ maxLength: 32 })),
  },
  closed,
);
export type SignIn = Static<typeof SignIn>;

export const SignedIn = Type.Object({ agent: AgentRef, role: Role, csrf: Type.String() }, closed);
export type SignedIn = Static<typeof SignedIn>;

export const EarlierConversation = Type.Object(
  {
    conversation: ConversationId,
    queue: QueueRef,
    requestedAt: EpochMs,
    endedAt: EpochMs,
    /** Who answered it, the last one if there were several. */
    agent: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
);
export type EarlierConversation = Static<typeof EarlierConversation>;
export const EarlierConversations = Type.Object({ conversations: Type.Array(EarlierConversation) }, closed);

export const EventsQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$', description: `at most ${limits.historyPage}` })),
  },
  closed,
);
export const EventsPage = Type.Object(
  {
    events: Type.Array(Type.Object({ seq: Seq, event: ConversationEvent }, closed)),
    /** Pass it as `after` for the next page; null at the end. */
    next: Type.Union([Seq, Type.Null()]),
  },
  closed,
);
export type EventsPage = Static<typeof EventsPage>;

export const KeyAlgorithm = Type.Enum(['HS256', 'ES256', 'RS256', 'PS256', 'EdDSA']);
export type KeyAlgorithm = 'HS256' | 'ES256' | 'RS256' | 'PS256' | 'EdDSA';

const Kid = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' });
/** One of: a secret (absent `secret`: one is made, and shown this once), a public key, or a JWKS address. */
export const NewSiteKey = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('secret'),
      kid: Type.Optional(Kid),
      secret: Type.Optional(Type.String({ maxLength: 1024 })),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('public'),
      kid: Type.Optional(Kid),
      algorithm: Type.Enum(['ES256', 'RS256', 'PS256', 'EdDSA']),
      /** A JWK as an object, or PEM (SubjectPublicKeyInfo). */
      key: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.String({ maxLength: 16_384 })]),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('jwks'),
      url: Type.String({ maxLength: limits.urlLength }),
      issuer: Type.String({ minLength: 1, maxLength: limits.urlLength }),
      audience: Type.String({ minLength: 1, maxLength: 512 }),
    },
    closed,
  ),
]);
export type NewSiteKey = Static<typeof NewSiteKey>;

/** What an administrator sees of a key: never its secret. */
export const SiteKeyView = Type.Object(
  {
    kid: Type.String(),
    kind: Type.Enum(['secret', 'public', 'jwks']),
    algorithm: Type.Union([KeyAlgorithm, Type.Null()]),
    createdAt: EpochMs,
    revokedAt: Type.Union([EpochMs, Type.Null()]),
    lastUsedAt: Type.Union([EpochMs, Type.Null()]),
  },
  closed,
);
export type SiteKeyView = Static<typeof SiteKeyView>;
/** `secret` is there once, in the answer to its making. */
export const NewSiteKeyView = Type.Object({ key: SiteKeyView, secret: Type.Optional(Type.String()) }, closed);

export const SiteView = Type.Object(
  {
    id: SiteId,
    name: Type.String(),
    origins: Type.Array(Type.String()),
    queue: QueueRef,
    /** Others that a page or a rule may name. */
    queues: Type.Array(QueueId),
    ask: Type.Array(Type.Enum(['name', 'email'])),
    tokenLifetimeMs: Type.Integer(),
    labels: Type.Record(Type.String(), Type.String()),
    files: Type.Boolean(),
    settings: SiteSettings,
    keys: Type.Array(SiteKeyView),
  },
  closed,
);
export type SiteView = Static<typeof SiteView>;
export const SiteChange = Type.Object(
  {
    name: Type.Optional(PlainText(limits.nameLength, 1)),
    origins: Type.Optional(Type.Array(Type.String({ maxLength: limits.urlLength }), { maxItems: 50 })),
    ask: Type.Optional(Type.Array(Type.Enum(['name', 'email']), { maxItems: 2 })),
    tokenLifetimeMs: Type.Optional(Type.Integer({ minimum: 60_000, maximum: limits.tokenLifetimeMaxMs })),
    labels: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 64 }))),
    files: Type.Optional(Type.Boolean()),
    queue: Type.Optional(QueueId),
    queues: Type.Optional(Type.Array(QueueId, { maxItems: limits.queues, uniqueItems: true })),
    settings: Type.Optional(Type.Partial(SiteSettings, closed)),
  },
  closed,
);
export type SiteChange = Static<typeof SiteChange>;

/** The query of an upload by an agent: for whom the files are. A message carries files of its own audience alone. */
export const UploadQuery = Type.Object({ audience: Audience }, closed);
/** In the order in which they came; a refused one takes the others of its request with it. */
export const Uploaded = Type.Object({ files: Type.Array(FileRef) }, closed);
export type Uploaded = Static<typeof Uploaded>;

/** What an administrator wrote for agents to send; `{{name}}` stands for the variable of that name. */
export const presetFields = {
  /** Null is for every queue. */
  queue: Type.Union([QueueId, Type.Null()]),
  /** Levels are parted by `/`; empty is the top. */
  folder: PlainText(limits.presetFolderLength),
  title: PlainText(limits.presetTitleLength, 1),
  text: PlainText(limits.messageLength, 1),
} as const;
export const NewPreset = Type.Object(presetFields, closed);
export type NewPreset = Static<typeof NewPreset>;
export const Preset = Type.Object({ id: PresetId, ...presetFields }, closed);
export type Preset = Static<typeof Preset>;
export const Presets = Type.Object({ presets: Type.Array(Preset) }, closed);

export const NewSavedOffer = Type.Object(
  { name: PlainText(limits.presetTitleLength, 1), content: OfferContent },
  closed,
);
export type NewSavedOffer = Static<typeof NewSavedOffer>;
export const SavedOfferView = Type.Object(
  { id: SavedOfferId, name: Type.String(), content: OfferContent, savedBy: Type.String() },
  closed,
);
export type SavedOfferView = Static<typeof SavedOfferView>;
export const SavedOffers = Type.Object({ offers: Type.Array(SavedOfferView) }, closed);

/** Whom one can invite: the others of the organization with their state now, and its queues. */
export const Colleague = Type.Object(
  {
    id: AgentId,
    name: Type.String(),
    /** `off` also where no console of theirs is open. */
    state: AgentState,
    reason: Type.Optional(Type.String()),
    load: Type.Integer(),
    room: Type.Integer(),
  },
  closed,
);
export type Colleague = Static<typeof Colleague>;
export const Colleagues = Type.Object(
  {
    agents: Type.Array(Colleague),
    /** `ready` is how many could be asked now. */
    queues: Type.Array(Type.Object({ queue: QueueRef, ready: Type.Integer() }, closed)),
  },
  closed,
);
export type Colleagues = Static<typeof Colleagues>;
