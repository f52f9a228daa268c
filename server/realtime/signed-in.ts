import { hashToken } from '../identity/secret-token.ts';
import type { StaffSession } from '../store/staff-sessions-store.ts';
import type { Agent, Store } from '../store/store.ts';

/** Who a staff session's cookie stands for. */
export interface SignedInAgent {
  readonly agent: Agent;
  readonly session: StaffSession;
}

/** As of now: a session that ran out, was ended, or is of somebody who is gone, is none. */
export async function findSignedIn(
  { staffSessions, agents }: Pick<Store, 'staffSessions' | 'agents'>,
  token: string | undefined,
  now: number,
): Promise<SignedInAgent | null> {
  const session = token ? await staffSessions.find(hashToken(token), now) : null;
  const agent = session && (await agents.find(session.agent));
  return session && agent?.disabledAt === null ? { agent, session } : null;
}
