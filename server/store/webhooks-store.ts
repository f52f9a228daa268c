import type { OrganizationId, WebhookId } from '../../protocol/ids.ts';
import type { Webhook } from '../domain/webhook.ts';

export type WebhookEdit = Partial<Pick<Webhook, 'name' | 'url' | 'kinds' | 'audience' | 'secrets'>>;

export interface Webhooks {
  create(webhook: Webhook): Promise<void>;
  /** Of any organization. */
  isAnyOn(): Promise<boolean>;
  listOf(organization: OrganizationId): Promise<Webhook[]>;
  findOf(organization: OrganizationId, id: WebhookId): Promise<Webhook | null>;
  update(organization: OrganizationId, id: WebhookId, change: WebhookEdit): Promise<void>;
  /** What waits for it stays where it is while it is off, and goes on at once when it is on again. */
  setState(organization: OrganizationId, id: WebhookId, state: Webhook['state'], now: number): Promise<void>;
  /** With all that waits for it. */
  delete(organization: OrganizationId, id: WebhookId): Promise<boolean>;
}
