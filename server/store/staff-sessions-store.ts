import type { AgentId } from '../../protocol/ids.ts';

export interface StaffSession {
  readonly agent: AgentId;
  readonly tokenHash: string;
  readonly csrf: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface StaffSessions {
  create(session: StaffSession): Promise<void>;
  /** Null when unknown or past `expiresAt`. */
  find(tokenHash: string, now: number): Promise<StaffSession | null>;
  delete(tokenHash: string): Promise<void>;
  deleteOf(agent: AgentId): Promise<void>;
  deleteExpired(now: number): Promise<void>;
}
