import { expect, type TestContext, test } from 'vitest';
import type { OrganizationId, ProfileId, QueueId } from '../../../protocol/ids.ts';
import { hireSupervisor } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';

async function openStatistics(t: TestContext) {
  const server = await openServer(t);
  const { store } = server.context;
  const connect = async (name: string): Promise<TestAgent> => {
    const agent = await server.signIn(name);
    await agent.connect();
    t.onTestFinished(() => agent.close());
    return agent;
  };
  return {
    server,
    store,
    connect,
    async count() {
      await (await server.visitor()).request();
      await server.context.statistics.caughtUp();
    },
  };
}

const hints = ({ reader }: TestAgent) => reader.frames.filter(({ type }) => type === 'counted').length;
/** Whatever was on its way before it has come. */
async function settled(agent: TestAgent): Promise<TestAgent> {
  const from = agent.reader.frames.length;
  agent.send({ type: 'ping' });
  await agent.reader.find(({ type }) => type === 'pong', from);
  return agent;
}

test('FLR7 6: who oversees a queue is told that something was counted in it, until they look away', async (t) => {
  const { store, connect, count } = await openStatistics(t);
  await hireSupervisor(store, 'a');
  const readers = [await connect('sofie-a'), await connect('admin-a')];
  await count();
  for (const one of readers) expect(hints(await settled(one))).toBe(0);
  for (const one of readers) one.send({ type: 'statistics', on: true });
  for (const one of readers) await settled(one);
  await count();
  for (const one of readers) await one.reader.ofType('counted');
  for (const one of readers) one.send({ type: 'statistics', on: false });
  const before = await Promise.all(readers.map(async (one) => hints(await settled(one))));
  await count();
  expect(await Promise.all(readers.map(async (one) => hints(await settled(one))))).toEqual(before);
});

test('FLR7 nobody is told of queues that they do not oversee, nor of another organization; agents are refused', async (t) => {
  const { server, store, connect, count } = await openStatistics(t);
  await hireSupervisor(store, 'a');
  await hireSupervisor(store, 'b');
  const organization = 'organization-a' as OrganizationId;
  await store.queues.create({ id: 'queue-x' as QueueId, organization, name: 'Other' });
  const profile = { id: 'profile-x' as ProfileId, organization, name: 'Other', queues: ['queue-x' as QueueId] };
  await store.queues.createProfile(profile);
  await store.agents.update(organization, 'sofie-a' as never, { profiles: [profile.id] });
  const anna = await server.agent();
  const others = [await connect('sofie-a'), await connect('sofie-b'), await connect('admin-b')];
  for (const one of [anna, ...others]) one.send({ type: 'statistics', on: true });
  expect((await anna.reader.ofType('fault')).code).toBe('malformed');
  const admin = await connect('admin-a');
  admin.send({ type: 'statistics', on: true });
  for (const one of [admin, ...others]) await settled(one);
  await count();
  await admin.reader.ofType('counted');
  for (const one of [anna, ...others]) expect(hints(await settled(one))).toBe(0);
});
