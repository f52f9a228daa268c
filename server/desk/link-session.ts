import type { IdentityClaim } from '../domain/command.ts';
import type { Session, Store } from '../store/store.ts';

/**
 * Links a session to the person whom a token proved, once and for good. False where it belongs to another one: what was
 * said in it is not theirs to see.
 */
export async function linkSession(
  sessions: Store['sessions'],
  session: Session,
  identity: IdentityClaim | null,
): Promise<boolean> {
  if (identity?.state !== 'verified') return true;
  const { subject } = identity.verification;
  if (session.subject !== null) return session.subject === subject;
  return sessions.setSubject(session.id, subject);
}
