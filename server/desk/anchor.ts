import type { ConversationId, OrganizationId, SessionId, SiteId } from '../../protocol/ids.ts';

/** What a conversation belongs to, from its first event on and for good. */
export interface Anchor {
  readonly id: ConversationId;
  readonly organization: OrganizationId;
  readonly site: SiteId;
  readonly session: SessionId;
}
