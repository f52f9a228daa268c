import { describe, expect, test } from 'vitest';
import type { OrganizationId, ProfileId, QueueId } from '../../../protocol/ids.ts';
import type { Founding } from '../founding.ts';
import { furnish, newAgent, newId } from './furnish.ts';
import type { Opened } from './store-contract.ts';

function newFounding(): Founding {
  const organization = newId<'organization'>() as OrganizationId;
  const queue = { id: newId<'queue'>() as QueueId, organization, name: 'Support' };
  const profile = { id: newId<'profile'>() as ProfileId, organization, name: 'Support', queues: [queue.id] };
  const agent = newAgent(organization, [profile.id]);
  const entry = {
    id: newId(),
    organization,
    at: 1,
    actor: 'operator',
    actorName: 'Operator',
    action: 'organization.create',
    target: null,
    before: null,
    after: null,
    address: null,
  };
  return { organization: { id: organization, name: 'Gloed' }, queue, profile, agent, entry };
}

export function describeFounding(opened: Opened): void {
  const partsOf = async ({ organization, queue, profile, agent, entry }: Founding) => {
    const { queues, agents, audit } = opened.store;
    const { id } = organization;
    return [
      (await queues.organization(id))?.name,
      (await queues.find(queue.id))?.name,
      (await queues.profilesOf(id)).some((made) => made.id === profile.id),
      (await agents.find(agent.id))?.profiles,
      (await audit.page(id, {}, null, 5)).some((made) => made.id === entry.id),
    ];
  };
  const nothing = [undefined, undefined, false, undefined, false];

  describe('1: an organization begins', () => {
    test('with a queue, a profile, an administrator and an entry in its log', async () => {
      const founding = newFounding();
      await opened.store.found(founding);
      expect(await partsOf(founding)).toEqual(['Gloed', 'Support', true, founding.agent.profiles, true]);
    });

    test('not at all where any step of it fails, and then can be begun again', async () => {
      const { store } = opened;
      const other = await furnish(store);
      const founding = newFounding();
      const { organization, agent, profile, queue, entry } = founding;
      const taken = newFounding();
      await store.found(taken);
      const failing: Founding[] = [
        { ...founding, queue: { ...queue, id: other.queue } },
        { ...founding, profile: { ...profile, queues: [other.queue] } },
        { ...founding, agent: { ...agent, email: other.agent.email } },
        { ...founding, entry: { ...entry, id: taken.entry.id } },
      ];
      for (const one of failing) {
        await expect(store.found(one)).rejects.toThrow();
        expect(await partsOf(founding)).toEqual(nothing);
      }
      await store.found(founding);
      expect((await store.queues.organization(organization.id))?.name).toBe('Gloed');
    });
  });
}
