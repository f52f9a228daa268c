import type { AgentId, OrganizationId } from '../../protocol/ids.ts';
import type { NewMail } from './outbox-store.ts';

/** The way in for somebody who was invited, or forgot their password. */
export interface StaffLink {
  /** SHA-256 of what the link carries; that itself is nowhere. */
  readonly tokenHash: string;
  readonly organization: OrganizationId;
  readonly agent: AgentId;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface StaffLinks {
  /** In place of those that this person had, together with the mail that brings it. */
  replace(link: StaffLink, mail: NewMail): Promise<void>;
  /** Null when unknown or past `expiresAt`. */
  find(tokenHash: string, now: number): Promise<StaffLink | null>;
  /** False where it was used before. */
  use(tokenHash: string): Promise<boolean>;
}
