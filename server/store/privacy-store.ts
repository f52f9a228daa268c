import type {
  AgentId,
  ConversationId,
  ErasureId,
  FileId,
  OrganizationId,
  SessionId,
  SiteId,
} from '../../protocol/ids.ts';
import type { PersonQuery } from '../../protocol/privacy.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import type { Step } from './followers-store.ts';

/** All that is kept of one visitor, by what it hangs on. */
export interface PersonalData {
  readonly conversations: readonly ConversationId[];
  readonly sessions: readonly SessionId[];
  /** How many of the conversations are under a legal hold. */
  readonly held: number;
  readonly files: number;
  readonly fileBytes: number;
  /** When the first and the last conversation began; null where there is none. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

export interface Erasure {
  readonly id: ErasureId;
  readonly organization: OrganizationId;
  /** A hash of who was looked for: the record of an erasure must not keep what was erased. */
  readonly person: string;
  readonly agent: AgentId;
  readonly agentName: string;
  readonly requestedAt: number;
  readonly doneAt: number | null;
  readonly conversations: number;
  readonly files: number;
}

export interface ErasureTargets {
  readonly conversations: readonly ConversationId[];
  readonly sessions: readonly SessionId[];
}

export interface ExportLink {
  readonly tokenHash: string;
  readonly organization: OrganizationId;
  readonly agent: AgentId;
  readonly expiresAt: number;
  readonly conversations: readonly ConversationId[];
}

export interface RetentionRule {
  readonly site: SiteId;
  /** In days after the end of a conversation; null is for good. */
  readonly retention: SiteSettings['retention'];
}

export interface EmailStep extends Step {
  readonly organization: OrganizationId;
  readonly emails: readonly string[];
}

/** What is kept of visitors as persons, and how it goes. The events themselves go through `ConversationLog.erase`. */
export interface Privacy {
  /** All in one transaction. Resolves with those of which another node was quicker. */
  recordEmails(steps: readonly EmailStep[]): Promise<ConversationId[]>;
  find(organization: OrganizationId, person: PersonQuery): Promise<PersonalData>;

  /** A legal hold: what is held is not deleted by retention, nor made anonymous. */
  setHeld(conversations: readonly ConversationId[], isHeld: boolean): Promise<void>;

  /** With all that it is to erase, in one transaction: from then on it is carried out, whatever happens. */
  addErasure(erasure: Erasure, targets: ErasureTargets): Promise<void>;
  unfinishedErasures(): Promise<Erasure[]>;
  targetsOf(erasure: ErasureId, limit: number): Promise<ErasureTargets>;
  dropTargets(erasure: ErasureId, targets: ErasureTargets): Promise<void>;
  finishErasure(erasure: ErasureId, at: number): Promise<void>;
  /** The newest first. */
  erasuresOf(organization: OrganizationId, limit: number): Promise<Erasure[]>;

  /** Those that no conversation is left of, and the way for them to come back. */
  eraseSessions(sessions: readonly SessionId[], at: number): Promise<void>;
  forgetErasedSessions(before: number): Promise<void>;

  /** Files whose row is gone and whose bytes are not yet. */
  doomedFiles(limit: number): Promise<FileId[]>;
  fileGone(id: FileId): Promise<void>;

  /** What sites want, of those that do not keep everything. */
  retentionRules(): Promise<RetentionRule[]>;
  /** Ended before that time and not held, the longest ago first. */
  endedBefore(site: SiteId, time: number, limit: number): Promise<ConversationId[]>;
  /** The same, in which it can still be seen who the visitor was. */
  knownBefore(site: SiteId, time: number, limit: number): Promise<ConversationId[]>;
  /** Dooms files of conversations that ended before that time and are not held. Resolves with how many. */
  doomFiles(site: SiteId, time: number, limit: number): Promise<number>;

  addExportLink(link: ExportLink): Promise<void>;
  /** Once: it is gone afterwards. Null also for who did not ask for it, and when its time is up. */
  takeExportLink(tokenHash: string, agent: AgentId, now: number): Promise<ExportLink | null>;
  forgetExportLinks(now: number): Promise<void>;

  /** Of what was deleted no byte is left in the files of the database that this server has in its hands. */
  scrub(): Promise<void>;
}

/** The name of the follower that fills `visitor_email`. */
export const emailFollower = 'emails';
