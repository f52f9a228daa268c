import type { ApiScope, DeliveryFailure } from '../../protocol/codes.ts';
import type { Audience, EventType } from '../../protocol/entities.ts';
import type { AgentId, ApiKeyId, ConversationId, DeliveryId, OrganizationId, WebhookId } from '../../protocol/ids.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Delivery } from './deliveries-store.ts';

type Json<_Value> = string;

export interface WebhookTable {
  id: WebhookId;
  organization: OrganizationId;
  name: string;
  url: string;
  kinds: Json<EventType[]>;
  audience: Audience;
  created_at: number;
  state: Webhook['state'];
  since: number;
  failing_since: number | null;
  /** In clear: a signature can't be made with a hash. */
  secrets: Json<Webhook['secrets']>;
}

export interface DeliveryTable {
  id: DeliveryId;
  organization: OrganizationId;
  webhook: WebhookId;
  /** Null for a test. */
  conversation: ConversationId | null;
  /** In the log, whatever the audience counts. */
  seq: number | null;
  kind: EventType | 'test';
  created_at: number;
  state: Delivery['state'];
  tries: number;
  tried_at: number | null;
  status: number | null;
  failure: DeliveryFailure | null;
}

/**
 * One row for a webhook and a conversation while something waits there. All that is decided about it is decided from
 * this one row, which is what keeps several nodes from disagreeing.
 */
export interface DeliveryLaneTable {
  webhook: WebhookId;
  conversation: ConversationId;
  organization: OrganizationId;
  waiting: number;
  failures: number;
  failing_since: number | null;
  /** Null while the webhook is off. */
  next_at: number | null;
}

export interface ApiKeyTable {
  id: ApiKeyId;
  organization: OrganizationId;
  name: string;
  /** SHA-256; the key itself is nowhere. */
  token_hash: string;
  scopes: Json<ApiScope[]>;
  created_by: AgentId;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}
