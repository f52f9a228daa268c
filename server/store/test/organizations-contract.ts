import { describe, expect, test } from 'vitest';
import type { OrganizationId, ProfileId, QueueId } from '../../../protocol/ids.ts';
import type { Founding } from '../founding.ts';
import { belongings } from '../organizations.ts';
import { holdings } from '../personal-data.ts';
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

export function describeOrganizations(opened: Opened): void {
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
      await opened.store.organizations.found(founding);
      expect(await partsOf(founding)).toEqual(['Gloed', 'Support', true, founding.agent.profiles, true]);
    });

    test('not at all where any step of it fails, and then can be begun again', async () => {
      const { store } = opened;
      const other = await furnish(store);
      const founding = newFounding();
      const { organization, agent, profile, queue, entry } = founding;
      const taken = newFounding();
      await store.organizations.found(taken);
      const failing: Founding[] = [
        { ...founding, queue: { ...queue, id: other.queue } },
        { ...founding, profile: { ...profile, queues: [other.queue] } },
        { ...founding, agent: { ...agent, email: other.agent.email } },
        { ...founding, entry: { ...entry, id: taken.entry.id } },
      ];
      for (const one of failing) {
        await expect(store.organizations.found(one)).rejects.toThrow();
        expect(await partsOf(founding)).toEqual(nothing);
      }
      await store.organizations.found(founding);
      expect((await store.queues.organization(organization.id))?.name).toBe('Gloed');
    });
  });

  describe('T161 an organization goes', () => {
    test('with every table: with its conversations, with what is left of it, or it holds nothing of anybody’s', () => {
      const others = Object.entries(holdings).flatMap(([table, holding]) =>
        'conversation' in holding || table in belongings || /^(search_index|kysely)/.test(table) ? [] : table,
      );
      // By `shut`, with the erasure, last of all; ids and hashes of ids that are nobody’s any more.
      const known = ['staff_session', 'erasure_target', 'organization', 'recent', 'doomed_file', 'erased_session'];
      expect(others.sort()).toEqual(known.sort());
    });

    test('alone: nobody of it comes in, and the others notice nothing', async () => {
      const { store } = opened;
      const [gone, stays] = [newFounding(), newFounding()];
      for (const one of [gone, stays]) await store.organizations.found(one);
      for (const { agent } of [gone, stays])
        await store.staffSessions.create({
          agent: agent.id,
          tokenHash: agent.id,
          csrf: 'c',
          createdAt: 1,
          expiresAt: 100,
        });
      await store.organizations.shut(gone.organization.id, 5);
      expect((await store.agents.find(gone.agent.id))?.disabledAt).toBe(5);
      expect(await store.staffSessions.find(gone.agent.id, 10)).toBeNull();
      await store.organizations.dissolve(gone.organization.id);
      await store.organizations.dissolve(gone.organization.id);
      expect(await partsOf(gone)).toEqual(nothing);
      expect(await partsOf(stays)).toEqual(['Gloed', 'Support', true, stays.agent.profiles, true]);
      expect((await store.agents.find(stays.agent.id))?.disabledAt).toBeNull();
      expect(await store.staffSessions.find(stays.agent.id, 10)).not.toBeNull();
      const listed = (await store.organizations.list()).map(({ id }) => id);
      expect(listed).toContain(stays.organization.id);
      expect(listed).not.toContain(gone.organization.id);
    });
  });
}
