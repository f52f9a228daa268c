import type { PersonQuery } from '../../protocol/privacy.ts';
import type { Desk } from '../desk/desk.ts';
import type { Follower } from '../desk/follower.ts';
import { createId } from '../identity/secret-token.ts';
import type { Erasure, PersonalData } from '../store/privacy-store.ts';
import type { Agent, Store } from '../store/store.ts';
import type { PrivacyKeeper } from './keeper.ts';
import { personHash } from './person-hash.ts';

interface PeopleOptions {
  readonly store: Pick<Store, 'privacy' | 'sessions'>;
  readonly desk: Pick<Desk, 'signOutVisitor'>;
  readonly emails: Pick<Follower, 'caughtUp'>;
  readonly keeper: PrivacyKeeper;
  readonly now: () => number;
}

/** Finds what is kept of one visitor, and has it erased. */
export interface People {
  find(agent: Agent, person: PersonQuery): Promise<PersonalData>;
  /** On its way when it resolves, and carried out whatever happens. Null where there is nothing. */
  erase(agent: Agent, person: PersonQuery): Promise<Erasure | null>;
}

export function createPeople({ store, desk, emails, keeper, now }: PeopleOptions): People {
  async function find({ organization }: Agent, person: PersonQuery): Promise<PersonalData> {
    // What was said up to now is looked through before anybody is told that this is all.
    await emails.caughtUp();
    return store.privacy.find(organization, person);
  }

  return {
    find,

    async erase(agent, person) {
      // First nobody goes on saying things; what was still said meanwhile is found by the second look.
      for (const id of (await find(agent, person)).sessions) {
        const session = await store.sessions.find(id);
        if (session && session.revokedAt === null) await desk.signOutVisitor(session);
      }
      const found = await find(agent, person);
      if (found.conversations.length + found.sessions.length === 0) return null;
      const erasure: Erasure = {
        id: createId<'erasure'>(),
        organization: agent.organization,
        person: personHash(agent.organization, person),
        agent: agent.id,
        agentName: agent.name,
        requestedAt: now(),
        doneAt: null,
        conversations: found.conversations.length,
        files: found.files,
      };
      await store.privacy.addErasure(erasure, found);
      void keeper.wake();
      return erasure;
    },
  };
}
