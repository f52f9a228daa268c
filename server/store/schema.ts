import type { Generated } from 'kysely';
import type { ClosingForm } from '../../protocol/agent-frames.ts';
import type { TokenCheck } from '../../protocol/codes.ts';
import type { AgentState, Audience, FileKind, OfferContent, Role } from '../../protocol/entities.ts';
import type {
  AgentId,
  CommandId,
  ConversationId,
  FileId,
  OrganizationId,
  PresetId,
  ProfileId,
  QueueId,
  SavedOfferId,
  SessionId,
  SiteId,
} from '../../protocol/ids.ts';
import type { QueueSettings } from '../../protocol/queue-settings.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import type { SiteKey } from '../domain/site.ts';
import type { StoredFile } from './files-store.ts';
import type { ApiKeyTable, DeliveryLaneTable, DeliveryTable, WebhookTable } from './schema-hooks.ts';
import type { ConfirmationTable, OutboxTable } from './schema-outbox.ts';
import type {
  DoomedFileTable,
  ErasedSessionTable,
  ErasureTable,
  ErasureTargetTable,
  ExportLinkTable,
  VisitorEmailTable,
} from './schema-privacy.ts';
import type { SearchDocumentTable } from './schema-search.ts';
import type { FollowerTable, RatingCommentTable, StatisticTable } from './schema-statistics.ts';
import type { ConversationHead } from './store.ts';

/** A value kept as text in JSON, which both databases have without any type of their own. */
export type Json<_Value> = string;

/**
 * The tables as Kysely sees them. Times are epoch milliseconds, in `bigint` on both databases and numbers here. What each
 * table is for stands in the file of its aggregate.
 */
export interface Schema {
  organization: { id: OrganizationId; name: string; time_zone: Generated<string | null> };
  queue: QueueTable;
  outbox: OutboxTable;
  confirmation: ConfirmationTable;
  profile: { id: ProfileId; organization: OrganizationId; name: string };
  profile_queue: { organization: OrganizationId; profile: ProfileId; queue: QueueId; place: number };
  site: SiteTable;
  site_key: SiteKeyTable;
  agent: AgentTable;
  agent_profile: { organization: OrganizationId; agent: AgentId; profile: ProfileId; place: number };
  duty: DutyTable;
  staff_session: {
    token_hash: string;
    agent: AgentId;
    csrf: string;
    created_at: number;
    expires_at: number;
  };
  session: SessionTable;
  conversation: ConversationTable;
  event: EventTable;
  preset: PresetTable;
  saved_offer: SavedOfferTable;
  file: FileTable;
  audit: AuditTable;
  staff_link: StaffLinkTable;
  script_sighting: ScriptSightingTable;
  refused_token: RefusedTokenTable;
  follower: FollowerTable;
  statistic: StatisticTable;
  search_document: SearchDocumentTable;
  rating_comment: RatingCommentTable;
  visitor_email: VisitorEmailTable;
  erasure: ErasureTable;
  erasure_target: ErasureTargetTable;
  erased_session: ErasedSessionTable;
  doomed_file: DoomedFileTable;
  export_link: ExportLinkTable;
  webhook: WebhookTable;
  delivery: DeliveryTable;
  delivery_lane: DeliveryLaneTable;
  api_key: ApiKeyTable;
}

export interface QueueTable {
  id: QueueId;
  organization: OrganizationId;
  name: string;
  wrap_up_ms: Generated<number>;
  closing: Json<ClosingForm> | null;
  settings: Generated<Json<QueueSettings>>;
  retired_at: Generated<number | null>;
}

export interface SiteTable {
  id: SiteId;
  organization: OrganizationId;
  name: string;
  origins: Json<string[]>;
  queue: QueueId;
  queues: Json<QueueId[]>;
  ask: Json<string[]>;
  token_lifetime_ms: number;
  labels: Json<Record<string, string>>;
  /** 1 or 0: the databases have no boolean in common. */
  files: number;
  settings: Json<SiteSettings>;
}

export interface SiteKeyTable {
  organization: OrganizationId;
  site: SiteId;
  kid: string;
  created_at: number;
  revoked_at: number | null;
  last_used_at: number | null;
  /** The rest of a `SiteKey`, by its kind. */
  material: Json<SiteKey>;
}

export interface AgentTable {
  id: AgentId;
  organization: OrganizationId;
  name: string;
  email: string;
  password_hash: string;
  role: Role;
  room: number;
  languages: Json<string[]>;
  disabled_at: number | null;
  /** The secret of the authenticator app, base32; null where there is none. */
  totp: string | null;
  /** The last time step whose code was used: none is good twice. */
  totp_step: number;
  /** SHA-256 of the codes that are left for who lost their phone. */
  recovery: Json<string[]>;
}

export interface DutyTable {
  agent: AgentId;
  organization: OrganizationId;
  state: AgentState;
  profile: ProfileId | null;
  paused_by: 'agent' | 'missed' | null;
  reason: string | null;
  since: number;
  idle_since: number;
  missed: number;
  lost_at: number | null;
  wrap_up_until: number | null;
}

export interface SessionTable {
  id: SessionId;
  organization: OrganizationId;
  site: SiteId;
  token_hash: string;
  thumbprint: string;
  subject: string | null;
  created_at: number;
  lost_at: number | null;
  revoked_at: number | null;
}

export interface ConversationTable {
  id: ConversationId;
  organization: OrganizationId;
  site: SiteId;
  session: SessionId;
  queue: QueueId;
  phase: ConversationHead['phase'];
  agent: AgentId | null;
  guests: Json<AgentId[]>;
  asked: AgentId | null;
  invited_queue: QueueId | null;
  subject: string | null;
  key_id: string | null;
  requested_at: number;
  since: number;
  ended_at: number | null;
  due_at: number | null;
  seq: number;
  visitor_seq: number;
  /** In the visitor's numbering. */
  seen: Generated<number>;
  /** 1 once retention has taken from it who the visitor was. */
  anonymous: Generated<number>;
  /** 1 under a legal hold: then it is neither erased nor made anonymous. */
  held: Generated<number>;
}

export interface EventTable {
  organization: OrganizationId;
  conversation: ConversationId;
  seq: number;
  visitor_seq: number | null;
  command_id: CommandId | null;
  at: number;
  actor: Json<'Actor'>;
  body: Json<'EventBody'>;
}

export interface PresetTable {
  id: PresetId;
  organization: OrganizationId;
  queue: QueueId | null;
  folder: string;
  title: string;
  text: string;
  place: number;
}

export interface SavedOfferTable {
  id: SavedOfferId;
  organization: OrganizationId;
  name: string;
  content: Json<OfferContent>;
  saved_by: AgentId;
  saved_at: number;
}

export interface FileTable {
  id: FileId;
  organization: OrganizationId;
  conversation: ConversationId;
  audience: Audience;
  agent: AgentId | null;
  name: string;
  kind: FileKind;
  type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  state: StoredFile['state'];
  command_id: CommandId | null;
  created_at: number;
}

export interface AuditTable {
  id: string;
  organization: OrganizationId;
  at: number;
  actor: string;
  actor_name: string;
  action: string;
  target_kind: string | null;
  target: string | null;
  target_name: string | null;
  state_before: Json<'State'> | null;
  state_after: Json<'State'> | null;
  address: string | null;
}

export interface StaffLinkTable {
  token_hash: string;
  organization: OrganizationId;
  agent: AgentId;
  created_at: number;
  expires_at: number;
}

export interface ScriptSightingTable {
  organization: OrganizationId;
  site: SiteId;
  origin: string;
  first_at: number;
  last_at: number;
}

export interface RefusedTokenTable {
  id: string;
  organization: OrganizationId;
  site: SiteId;
  at: number;
  check_name: TokenCheck;
  detail: string;
}
