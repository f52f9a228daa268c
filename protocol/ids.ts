import { Type } from 'typebox';

declare const brand: unique symbol;
/** A string that one kind of thing is named by; the brand keeps a queue's id from being passed as an agent's. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type OrganizationId = Id<'organization'>;
export type SiteId = Id<'site'>;
export type QueueId = Id<'queue'>;
export type ProfileId = Id<'profile'>;
export type AgentId = Id<'agent'>;
export type SessionId = Id<'session'>;
export type ConversationId = Id<'conversation'>;
export type CommandId = Id<'command'>;
export type FileId = Id<'file'>;
export type PresetId = Id<'preset'>;
export type SavedOfferId = Id<'saved offer'>;
export type ApiKeyId = Id<'API key'>;
export type ErasureId = Id<'erasure'>;
export type WebhookId = Id<'webhook'>;
/** What a receiver tells deliveries apart by: the same whenever one is sent again. */
export type DeliveryId = Id<'delivery'>;
export type MailId = Id<'mail'>;
/** An offer is named by the command that made it, and so is an invitation. */
export type OfferId = Id<'offer'>;
export type InvitationId = Id<'invitation'>;

const idPattern = '^[A-Za-z0-9_-]{1,64}$';
const idSchema = <Kind extends string>(kind: Kind) =>
  Type.Unsafe<Id<Kind>>({ type: 'string', pattern: idPattern, description: `${kind} id` });

export const OrganizationId = idSchema('organization');
export const SiteId = idSchema('site');
export const QueueId = idSchema('queue');
export const ProfileId = idSchema('profile');
export const AgentId = idSchema('agent');
export const SessionId = idSchema('session');
export const ConversationId = idSchema('conversation');
/** 128 bits of chance, given by the server: nobody guesses the way to a file. */
export const FileId = Type.Unsafe<FileId>({ type: 'string', pattern: '^[A-Za-z0-9_-]{22}$' });
export const PresetId = idSchema('preset');
export const SavedOfferId = idSchema('saved offer');
export const ApiKeyId = idSchema('API key');
export const WebhookId = idSchema('webhook');
export const DeliveryId = idSchema('delivery');
export const MailId = idSchema('mail');
export const OfferId = idSchema('offer');
export const InvitationId = idSchema('invitation');
/** Made by the sender of a command; at least 64 bits of chance, so that two senders never meet. */
export const CommandId = Type.Unsafe<CommandId>({ type: 'string', pattern: '^[A-Za-z0-9_-]{11,64}$' });
