import { type Static, Type } from 'typebox';
import { Audience, Locale, Page } from './entities.ts';
import { QueueId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;
const MessageText = Type.String({ minLength: 1, maxLength: limits.messageLength });

export const VisitorCommand = Type.Union([
  Type.Object(
    {
      type: Type.Literal('request'),
      queue: Type.Optional(QueueId),
      page: Page,
      locale: Locale,
      name: Type.Optional(Type.String({ minLength: 1, maxLength: limits.nameLength })),
      email: Type.Optional(Type.String({ minLength: 3, maxLength: limits.emailLength })),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('message'), text: MessageText }, closed),
  Type.Object({ type: Type.Literal('end') }, closed),
]);
export type VisitorCommand = Static<typeof VisitorCommand>;

export const AgentCommand = Type.Union([
  Type.Object({ type: Type.Literal('accept') }, closed),
  Type.Object({ type: Type.Literal('decline') }, closed),
  /** `audience` has no default: a message whose sender did not say for whom it is, is refused. */
  Type.Object({ type: Type.Literal('message'), text: MessageText, audience: Audience }, closed),
  Type.Object({ type: Type.Literal('end') }, closed),
]);
export type AgentCommand = Static<typeof AgentCommand>;
