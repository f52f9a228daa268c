import type { AgentId, ConversationId, ErasureId, FileId, OrganizationId } from '../../protocol/ids.ts';

export interface VisitorEmailTable {
  organization: OrganizationId;
  email: string;
  conversation: ConversationId;
}

export interface ErasureTable {
  id: ErasureId;
  organization: OrganizationId;
  /** A hash: nothing here says whose it was. */
  person: string;
  agent: AgentId;
  agent_name: string;
  requested_at: number;
  done_at: number | null;
  conversations: number;
  files: number;
}

export interface ErasureTargetTable {
  erasure: ErasureId;
  kind: 'conversation' | 'session';
  id: string;
}

export interface ErasedSessionTable {
  id_hash: string;
  erased_at: number;
}

export interface DoomedFileTable {
  id: FileId;
}

export interface ExportLinkTable {
  token_hash: string;
  organization: OrganizationId;
  agent: AgentId;
  expires_at: number;
  /** A list in JSON. */
  conversations: string;
}
