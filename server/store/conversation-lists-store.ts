import type { ConversationId, OrganizationId, QueueId } from '../../protocol/ids.ts';
import type { ConversationHead } from './store.ts';

export interface ConversationFilter {
  readonly queue?: QueueId | undefined;
  readonly isEnded?: boolean | undefined;
  /** Requested then or later … */
  readonly since?: number | undefined;
  /** … and before that. */
  readonly until?: number | undefined;
  /** After this one in their order. */
  readonly before?: { readonly requestedAt: number; readonly id: ConversationId } | undefined;
}

export interface ConversationLists {
  /** By what other systems ask for, the newest first. */
  list(organization: OrganizationId, filter: ConversationFilter, limit: number): Promise<ConversationHead[]>;
}
