import { createId } from '../identity/secret-token.ts';
import type { Erasure } from '../store/privacy-store.ts';
import type { Store } from '../store/store.ts';
import { type ErasingParts, eraseConversations } from './erase-conversations.ts';

export interface CarryingParts extends ErasingParts {
  readonly store: Pick<Store, 'conversations' | 'log' | 'privacy' | 'audit'>;
  readonly now: () => number;
}

/** Targets at a time: so long, at most, the log waits for it. */
const manyAtOnce = 50;

/**
 * What was asked to be erased, piece by piece. Each piece may be done again, so that a process that dies in the middle
 * leaves to the next one what it did not come to.
 */
export async function carryOut(parts: CarryingParts, erasure: Erasure): Promise<void> {
  const { store, now } = parts;
  for (;;) {
    const targets = await store.privacy.targetsOf(erasure.id, manyAtOnce);
    const { conversations, sessions } = targets;
    if (conversations.length + sessions.length === 0) break;
    if (conversations.length > 0) await eraseConversations(parts, conversations);
    if (sessions.length > 0) await store.privacy.eraseSessions(sessions, now());
    await store.privacy.dropTargets(erasure.id, targets);
  }
  await store.privacy.scrub();
  await store.audit.append({
    id: createId(),
    organization: erasure.organization,
    at: now(),
    actor: erasure.agent,
    actorName: erasure.agentName,
    action: 'privacy.erased',
    target: null,
    before: null,
    after: { person: erasure.person, conversations: erasure.conversations, files: erasure.files },
    address: null,
  });
  await store.privacy.finishErasure(erasure.id, now());
}
