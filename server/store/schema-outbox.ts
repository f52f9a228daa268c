import type { MailFailure } from '../../protocol/codes.ts';
import type { AgentId, ConversationId, MailId, OrganizationId, SessionId, SiteId } from '../../protocol/ids.ts';
import type { MailSubject, OutboxMail } from './outbox-store.ts';

export interface OutboxTable {
  id: MailId;
  organization: OrganizationId;
  kind: MailSubject['kind'];
  conversation: ConversationId | null;
  site: SiteId | null;
  session: SessionId | null;
  agent: AgentId | null;
  seq: number | null;
  recipient: string;
  /** `foldEmail` of the recipient. */
  recipient_key: string;
  language: 'en' | 'nl';
  created_at: number;
  state: OutboxMail['state'];
  tries: number;
  tried_at: number | null;
  next_at: number | null;
  failure: MailFailure | null;
  detail: string | null;
  secret: string | null;
}

export interface ConfirmationTable {
  token_hash: string;
  organization: OrganizationId;
  conversation: ConversationId;
  site: SiteId;
  email: string;
  language: 'en' | 'nl';
  expires_at: number;
}
