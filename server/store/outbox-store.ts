import type { MailFailure } from '../../protocol/codes.ts';
import type { AgentId, ConversationId, MailId, OrganizationId, SessionId, SiteId } from '../../protocol/ids.ts';
import type { Step } from './followers-store.ts';

/** A mail that is to leave, or has. What it says is made when it leaves, from what the rest of the store holds. */
export interface OutboxMail {
  /** Its Message-ID too, so that who gets it twice can tell. */
  readonly id: MailId;
  readonly organization: OrganizationId;
  readonly subject: MailSubject;
  /** One address, and nothing else. */
  readonly recipient: string;
  readonly language: 'en' | 'nl';
  readonly createdAt: number;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly tries: number;
  readonly triedAt: number | null;
  /** Null where it waits for nothing. */
  readonly nextAt: number | null;
  readonly failure: MailTrouble | null;
  /** What its link carries. It is in the mail, so it is gone from here once that has left. */
  readonly secret: string | null;
}

/** What a mail is about. A transcript tells what the visitor saw until `seq`. */
export type MailSubject =
  | { readonly kind: 'transcript'; readonly conversation: ConversationId; readonly site: SiteId; readonly seq: number }
  | { readonly kind: 'confirmation'; readonly conversation: ConversationId; readonly site: SiteId }
  | { readonly kind: 'invitation'; readonly agent: AgentId };

export interface MailTrouble {
  readonly code: MailFailure;
  /** What the mail server said. */
  readonly detail: string;
}

export type NewMail = Pick<OutboxMail, 'id' | 'subject' | 'recipient' | 'language' | 'createdAt' | 'secret'> & {
  /** The visitor's, for counting what leaves for one of them. */
  readonly session: SessionId | null;
};

/** An address that was typed. Whoever has the link's secret may confirm it. */
export interface Confirmation {
  /** SHA-256 of what the link carries. */
  readonly tokenHash: string;
  readonly organization: OrganizationId;
  readonly conversation: ConversationId;
  readonly site: SiteId;
  readonly email: string;
  readonly language: 'en' | 'nl';
  readonly expiresAt: number;
}

export interface MailStep extends Step {
  readonly organization: OrganizationId;
  readonly mails: readonly NewMail[];
  readonly confirmations: readonly Confirmation[];
}

/** The tables `outbox` and `confirmation`. What is of a conversation goes with it. */
export interface Outbox {
  /**
   * All in one transaction (follower `mail`). Resolves with those of which another node was quicker. What is more than
   * may leave for one address or one visitor in 24 hours is written down as failed.
   */
  record(steps: readonly MailStep[], now: number): Promise<ConversationId[]>;
  /** Waiting, and its time has come; the one that waits longest first. */
  due(now: number, limit: number): Promise<OutboxMail[]>;
  /** When something is to be tried, of what is not to be tried now. */
  nextDueAfter(now: number): Promise<number | null>;
  /** Keeps others from trying the same until then. False where one was quicker. */
  claim(mail: Pick<OutboxMail, 'id' | 'nextAt'>, until: number): Promise<boolean>;
  /** It has left. False where it is not there any more: it was forgotten meanwhile. */
  settle(id: MailId, at: number): Promise<boolean>;
  /** It waits on until `nextAt`, or is given up where that is null. */
  postpone(id: MailId, at: number, trouble: MailTrouble, nextAt: number | null): Promise<void>;
  /** To be tried at once, given up or not. False where it has left, or was one too many. */
  retry(organization: OrganizationId, id: MailId, now: number): Promise<boolean>;
  find(organization: OrganizationId, id: MailId): Promise<OutboxMail | null>;
  /** The newest first, after `before` in that order. */
  page(
    organization: OrganizationId,
    before: { readonly at: number; readonly id: string } | null,
    limit: number,
  ): Promise<OutboxMail[]>;
  /** How many were written for this visitor since then. */
  countSince(session: SessionId, since: number): Promise<number>;
  /** Null when unknown, used, or past `expiresAt`. */
  confirmation(tokenHash: string, now: number): Promise<Confirmation | null>;
  /** False where it was used before. */
  useConfirmation(tokenHash: string): Promise<boolean>;
  /** What was written about these conversations. */
  idsOf(conversations: readonly ConversationId[]): Promise<MailId[]>;
  /** All of that, what is to be confirmed in it, and who waits for a transcript. They have ended. */
  forget(conversations: readonly ConversationId[]): Promise<void>;
  /** What was settled before that time goes; resolves with what it was. */
  sweep(before: number): Promise<MailId[]>;
}

/** The name of the follower. */
export const mailFollower = 'mail';
