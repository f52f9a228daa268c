import type { AgentState, Role } from '../../protocol/entities.ts';
import type {
  AgentId,
  CommandId,
  ConversationId,
  OrganizationId,
  ProfileId,
  QueueId,
  SessionId,
  SiteId,
} from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { Candidate } from '../domain/routing.ts';
import type { Site, SiteKey } from '../domain/site.ts';
import type { ApiKeys } from './api-keys-store.ts';
import type { Audit } from './audit-store.ts';
import type { ConversationLists } from './conversation-lists-store.ts';
import type { Deliveries } from './deliveries-store.ts';
import type { Files } from './files-store.ts';
import type { Followers } from './followers-store.ts';
import type { Installs } from './installs-store.ts';
import type { Organizations } from './organizations-store.ts';
import type { Outbox } from './outbox-store.ts';
import type { Privacy } from './privacy-store.ts';
import type { Queues } from './queues-store.ts';
import type { Search } from './search-store.ts';
import type { StaffLinks } from './staff-links-store.ts';
import type { StaffSessions } from './staff-sessions-store.ts';
import type { Statistics } from './statistics-store.ts';
import type { Webhooks } from './webhooks-store.ts';
import type { Presets, SavedOffers } from './wording-store.ts';

/**
 * All that is kept. One implementation over Kysely serves SQLite and PostgreSQL, and `test/store-contract.ts` says what
 * both must do. What staff can name by an id is looked up with its organization: an id of another one finds nothing.
 */
export interface Store {
  readonly log: ConversationLog;
  readonly conversations: Conversations;
  readonly sessions: Sessions;
  readonly sites: Sites;
  readonly agents: Agents;
  readonly organizations: Organizations;
  readonly queues: Queues;
  readonly staffSessions: StaffSessions;
  readonly staffLinks: StaffLinks;
  readonly presets: Presets;
  readonly savedOffers: SavedOffers;
  readonly files: Files;
  readonly audit: Audit;
  readonly installs: Installs;
  readonly followers: Followers;
  readonly statistics: Statistics;
  readonly search: Search;
  readonly privacy: Privacy;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly apiKeys: ApiKeys;
  readonly outbox: Outbox;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Ends after everything that was handed to the log is committed. */
  close(): Promise<void>;
}

/** The row that stands for a conversation outside its log: derived from the events, written in the same transaction. */
export interface ConversationHead {
  readonly id: ConversationId;
  readonly organization: OrganizationId;
  readonly site: SiteId;
  readonly session: SessionId;
  readonly queue: QueueId;
  readonly phase: 'waiting' | 'presented' | 'active' | 'ended';
  /** With whom it is, or to whom it is presented, or who had it last. */
  readonly agent: AgentId | null;
  /** Who else is in it, or was when it ended. */
  readonly guests: readonly AgentId[];
  /** Before whom its invitation stands. */
  readonly asked: AgentId | null;
  /** Of which queue somebody is to be asked to join it. */
  readonly invitedQueue: QueueId | null;
  readonly subject: string | null;
  readonly keyId: string | null;
  readonly requestedAt: number;
  /** Since when the visitor waits, or somebody is with them. */
  readonly since: number;
  readonly endedAt: number | null;
  /** When the desk must look at it again, whatever happens: the end of what is presented, or of an invitation. */
  readonly dueAt: number | null;
  readonly seq: number;
  readonly visitorSeq: number;
}

export interface Append {
  /** As it is after `events`. */
  readonly head: ConversationHead;
  /** The position the events were decided on; 0 begins a conversation. */
  readonly expected: number;
  readonly events: readonly LogEvent[];
}

export type AppendOutcome =
  | { readonly kind: 'appended' }
  /** Somebody else wrote first: reload, decide again. */
  | { readonly kind: 'conflict' }
  /** The command was carried out before, by this event. */
  | { readonly kind: 'duplicate'; readonly event: LogEvent }
  /** The session has another conversation that has not ended. */
  | { readonly kind: 'session_busy' };

export interface ConversationLog {
  /**
   * Resolves after the commit is on disk. Appends that arrive while one is under way share the next (group commit). One
   * that fails its conditions spoils no other. Rejects when the outcome is unknown or the store is unavailable.
   */
  append(append: Append): Promise<AppendOutcome>;
  /** Events with `seq` above `after`, in order. */
  read(conversation: ConversationId, after: number, limit: number): Promise<LogEvent[]>;
  /** What the visitor may see, with `visitorSeq` above `after`, in order. */
  readVisible(conversation: ConversationId, after: number, limit: number): Promise<LogEvent[]>;
  findCommand(conversation: ConversationId, command: CommandId): Promise<LogEvent | null>;
  /** With all that hangs on them; the bytes of their files are doomed (`Privacy.doomedFiles`). */
  erase(conversations: readonly ConversationId[]): Promise<void>;
  /** Takes from ended conversations who the visitor was. */
  anonymise(conversations: readonly ConversationId[]): Promise<void>;
}

export interface Conversations extends ConversationLists {
  find(id: ConversationId): Promise<ConversationHead | null>;
  /** Those of them that there are. */
  findEach(ids: readonly ConversationId[]): Promise<ConversationHead[]>;
  findOf(organization: OrganizationId, id: ConversationId): Promise<ConversationHead | null>;
  latestOfSession(session: SessionId): Promise<ConversationHead | null>;
  /** Not ended; with or presented to this agent, or they are asked to join it. */
  withAgent(agent: AgentId): Promise<ConversationHead[]>;
  /** Waiting, the longest first. */
  waiting(limit: number): Promise<ConversationHead[]>;
  /** Waiting or presented in one queue, the longest first: what a visitor's place is counted in, and since when who is gone. */
  inQueue(queue: QueueId): Promise<(Pick<ConversationHead, 'id' | 'requestedAt'> & Pick<Session, 'lostAt'>)[]>;
  /** Open, to be joined by somebody of this queue who is yet to be found. */
  invitedTo(queue: QueueId): Promise<ConversationHead[]>;
  /** Queues of which somebody is wanted. */
  invitedQueues(): Promise<QueueId[]>;
  /** What is presented, or an invitation, and their time is up. */
  due(now: number, limit: number): Promise<ConversationHead[]>;
  /** Waiting or presented, whose visitor has been gone since `before` or longer. */
  abandoned(before: number, limit: number): Promise<ConversationHead[]>;
  /** Not ended, verified with this key. */
  withKey(site: SiteId, keyId: string): Promise<ConversationHead[]>;
  /** Of these queues (all where it is null), the newest first, after `before` in that order. */
  page(
    organization: OrganizationId,
    queues: readonly QueueId[] | null,
    before: Pick<ConversationHead, 'requestedAt' | 'id'> | null,
    limit: number,
  ): Promise<ConversationHead[]>;
  /** Not ended, of these queues (all where it is null), who asked first first. */
  open(organization: OrganizationId, queues: readonly QueueId[] | null): Promise<ConversationHead[]>;
  /** Ended, of the same verified person at the same site, the newest first. */
  earlier(head: ConversationHead, limit: number): Promise<ConversationHead[]>;
  /** Up to which of their numbers the visitor has seen; never goes back. */
  markSeen(id: ConversationId, visitorSeq: number): Promise<void>;
  /** The same in the agents' numbering. */
  seenSeq(id: ConversationId): Promise<number>;
}

export interface Session {
  readonly id: SessionId;
  readonly organization: OrganizationId;
  readonly site: SiteId;
  /** SHA-256 of the token; the token itself is nowhere. */
  readonly tokenHash: string;
  /** RFC 7638 thumbprint of the browser's key: the session is worthless without it. */
  readonly thumbprint: string;
  readonly subject: string | null;
  readonly createdAt: number;
  /** Since when no socket of it is open; null while one is. */
  readonly lostAt: number | null;
  readonly revokedAt: number | null;
}

export interface Sessions {
  /** False where a session of this id was erased. */
  create(session: Session): Promise<boolean>;
  find(id: SessionId): Promise<Session | null>;
  findByTokenHash(site: SiteId, tokenHash: string): Promise<Session | null>;
  /** Once: false where another subject is there already. */
  setSubject(id: SessionId, subject: string): Promise<boolean>;
  setLost(id: SessionId, lostAt: number | null): Promise<void>;
  revoke(id: SessionId, at: number): Promise<void>;
  /** At start nobody is connected yet: marks every session with an open conversation as lost from now. */
  loseAll(at: number): Promise<void>;
}

/** A site as it is made; what it leaves out is as on a plain one. */
export type NewSite = Omit<Site, 'settings'> & Partial<Pick<Site, 'settings'>>;

export interface Sites {
  create(site: NewSite): Promise<void>;
  find(id: SiteId): Promise<Site | null>;
  findOf(organization: OrganizationId, id: SiteId): Promise<Site | null>;
  listOf(organization: OrganizationId): Promise<Site[]>;
  update(
    organization: OrganizationId,
    id: SiteId,
    change: Partial<Omit<Site, 'id' | 'organization' | 'keys'>>,
  ): Promise<void>;
  /** False where the site has a key of this name already. */
  addKey(site: SiteId, key: SiteKey): Promise<boolean>;
  revokeKey(site: SiteId, kid: string, at: number): Promise<boolean>;
  /** Remembered once a minute at most: who looks wants to know whether it is in use, not how often. */
  keyUsed(site: SiteId, kid: string, at: number): Promise<void>;
}

export interface Agent {
  readonly id: AgentId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly room: number;
  readonly profiles: readonly ProfileId[];
  /** What they can speak with visitors. */
  readonly languages: readonly string[];
  /** Since when they can't sign in; their name stays in the logs. */
  readonly disabledAt: number | null;
  readonly twoFactor: TwoFactor | null;
}

export interface TwoFactor {
  /** Base32, as authenticator apps take it. */
  readonly secret: string;
  /** The last time step whose code was taken: none is good twice. */
  readonly step: number;
  /** SHA-256 of the codes that are left for who lost their phone. */
  readonly recovery: readonly string[];
}

/** Somebody new; what it leaves out is nothing. */
export type NewAgent = Omit<Agent, 'languages' | 'disabledAt' | 'twoFactor'> &
  Partial<Pick<Agent, 'languages' | 'disabledAt' | 'twoFactor'>>;

export type AgentChange = Partial<Omit<Agent, 'id' | 'organization'>>;

/** How an agent is logged on. */
export interface Duty {
  readonly agent: AgentId;
  readonly state: AgentState;
  readonly profile: ProfileId | null;
  readonly pausedBy: 'agent' | 'missed' | null;
  readonly reason: string | null;
  readonly since: number;
  readonly idleSince: number;
  /** Requests in a row that ran out unanswered. */
  readonly missed: number;
  /** Until when they are left in peace after a chat. */
  readonly wrapUpUntil: number | null;
  /** Since when no socket of theirs is open; null while one is. */
  readonly lostAt: number | null;
}

/** An agent as colleagues see them. */
export interface Colleague {
  readonly id: AgentId;
  readonly name: string;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly connected: boolean;
  readonly load: number;
  readonly room: number;
}

export interface Agents {
  create(agent: NewAgent): Promise<void>;
  /** False where the e-mail address is somebody else's. */
  update(organization: OrganizationId, id: AgentId, change: AgentChange): Promise<boolean>;
  /**
   * Leaves `rest` where theirs is still as `agent` was read. False where a code was used since, or it was turned off: of
   * two who bring the same code at once, one passes.
   */
  useSecondFactor(agent: Pick<Agent, 'organization' | 'id' | 'twoFactor'>, rest: TwoFactor): Promise<boolean>;
  /** Disabled ones too. */
  peopleOf(organization: OrganizationId): Promise<Agent[]>;
  find(id: AgentId): Promise<Agent | null>;
  listOf(organization: OrganizationId): Promise<Colleague[]>;
  findByEmail(email: string): Promise<Agent | null>;
  /** `off` where nothing was ever set. */
  duty(id: AgentId): Promise<Duty>;
  /** Of those who were ever logged on. */
  dutiesOf(organization: OrganizationId): Promise<Duty[]>;
  setDuty(id: AgentId, change: Partial<Omit<Duty, 'agent'>>): Promise<Duty>;
  /** Ready and connected, with a profile that holds the queue. */
  candidates(queue: QueueId): Promise<Candidate[]>;
  /** How many are ready for the queue, those included who lost the connection a moment ago. */
  countReady(queue: QueueId): Promise<number>;
  /** Gone since `before` or longer and not `off`, or with conversations left. */
  lostSince(before: number): Promise<Duty[]>;
  loseAll(at: number): Promise<void>;
}
