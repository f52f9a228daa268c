import { type Static, Type } from 'typebox';
import { tokenChecks } from './codes.ts';
import { VisitorCommand } from './commands.ts';
import { EpochMs, Page, Seq } from './entities.ts';
import { Cursor, PingFrame, Proof, Token, toBoth } from './frames.ts';
import { CommandId, ConversationId, QueueId } from './ids.ts';
import { Survey } from './site-settings.ts';

const closed = { additionalProperties: false } as const;

export const VisitorHello = Type.Object(
  {
    type: Type.Literal('hello'),
    version: Type.Integer(),
    proof: Proof,
    session: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
    /** The site's token. `null` says that nobody is signed in; absent, that the page said nothing. */
    token: Type.Optional(Type.Union([Token, Type.Null()])),
    cursor: Type.Optional(Cursor),
    page: Type.Optional(Page),
    /** That the page names. */
    queue: Type.Optional(QueueId),
  },
  closed,
);
export type VisitorHello = Static<typeof VisitorHello>;

export const VisitorFrame = Type.Union([
  VisitorHello,
  Type.Object({ type: Type.Literal('send'), id: CommandId, command: VisitorCommand }, closed),
  Type.Object(
    { type: Type.Literal('identify'), proof: Proof, token: Type.Optional(Type.Union([Token, Type.Null()])) },
    closed,
  ),
  Type.Object({ type: Type.Literal('visit'), page: Page }, closed),
  Type.Object({ type: Type.Literal('typing'), on: Type.Boolean() }, closed),
  Type.Object({ type: Type.Literal('seen'), conversation: ConversationId, seq: Seq }, closed),
  Type.Object({ type: Type.Literal('resume'), conversation: ConversationId, after: Seq }, closed),
  PingFrame,
]);
export type VisitorFrame = Static<typeof VisitorFrame>;

export const Identity = Type.Union([
  Type.Object({ state: Type.Literal('anonymous') }, closed),
  Type.Object(
    {
      state: Type.Literal('verified'),
      expiresAt: EpochMs,
      /** Which of the fields that the site asks for need not be asked. */
      known: Type.Array(Type.Enum(['name', 'email'])),
    },
    closed,
  ),
  Type.Object({ state: Type.Literal('refused'), check: Type.Enum([...tokenChecks]) }, closed),
]);
export type Identity = Static<typeof Identity>;

export const VisitorReady = Type.Object(
  {
    type: Type.Literal('ready'),
    at: EpochMs,
    /** Only where a new session was made; stored by the widget once a chat starts, by the server likewise. */
    session: Type.Optional(Type.String()),
    identity: Identity,
    site: Type.Object(
      {
        name: Type.String(),
        ask: Type.Array(Type.Enum(['name', 'email'])),
        /** Whether visitors may send files. */
        files: Type.Boolean(),
        /** Absent where visitors are not asked how it was. */
        survey: Type.Optional(Type.Omit(Survey, ['on'], closed)),
        /** Whether visitors may ask for a transcript. */
        transcripts: Type.Boolean(),
        /** Absent where a chat can be started on this page now. */
        closed: Type.Optional(
          Type.Object(
            {
              reason: Type.Enum(['hours', 'full', 'unverified']),
              opensAt: Type.Union([EpochMs, Type.Null()]),
              /** A message can be left. */
              form: Type.Boolean(),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    /** The session's latest conversation; its events numbered above `after` follow. */
    conversation: Type.Union([Cursor, Type.Null()]),
  },
  closed,
);
export type VisitorReady = Static<typeof VisitorReady>;

export const ToVisitor = Type.Union([
  ...toBoth,
  VisitorReady,
  Type.Object({ type: Type.Literal('identity'), identity: Identity }, closed),
]);
export type ToVisitor = Static<typeof ToVisitor>;
