import { expect, test } from 'vitest';
import type { AgentId } from '../../../protocol/ids.ts';
import type { Oversight } from '../../domain/command.ts';
import { type FloorPicture, viewOf } from '../floor-picture.ts';
import { organization, otherOrganization, sales, support } from './furnish.ts';
import { openDesk } from './open-desk.ts';

async function watchFloor(t: Parameters<typeof openDesk>[0]) {
  const opened = await openDesk(t);
  const pictures: FloorPicture[] = [];
  const stop = opened.desk.watchFloor(organization, (picture) => pictures.push(picture));
  t.onTestFinished(stop);
  await opened.settle();
  const latest = () => {
    const picture = pictures.at(-1);
    if (!picture) throw new Error('no picture was taken');
    return picture;
  };
  return { ...opened, pictures, stop, latest };
}

test('3: shows queues, agents and open chats as they are', async (t) => {
  const { agent, visitor, clock, latest, settle } = await watchFloor(t);
  const anna = await agent('anna');
  const bram = await agent('bram', { ready: false });
  await bram.pause('lunch');
  const first = await (await visitor()).request({ name: 'Ada' });
  await anna.accept(first);
  await anna.status({ state: 'paused' });
  await clock.advance(500);
  const waitingSince = clock.now();
  const second = await (await visitor()).request({ queue: sales });
  await clock.advance(2000);
  await settle();
  const { queues, agents, chats } = latest();
  expect(queues.get(support)).toMatchObject({ waiting: 0, active: 1, longestSince: null });
  expect(queues.get(sales)).toMatchObject({ waiting: 1, active: 0, longestSince: waitingSince, paused: 2, off: 0 });
  expect(agents.get('anna' as AgentId)?.row).toMatchObject({ state: 'paused', load: 1, room: 4, lost: false });
  expect(agents.get('bram' as AgentId)?.row).toMatchObject({ state: 'paused', reason: 'lunch', load: 0 });
  expect(agents.has('eve' as AgentId)).toBe(false);
  expect(chats.get(first)).toMatchObject({ visitor: 'Ada', phase: 'active', agents: [{ id: 'anna' }] });
  expect(chats.get(second)).toMatchObject({ visitor: null, phase: 'waiting', agents: [], queue: { name: 'Sales' } });
});

test('3: is told at most once a second, and rows that did not change are the same objects', async (t) => {
  const { visitor, clock, pictures, latest } = await watchFloor(t);
  await clock.advance(1500);
  const [before, count] = [latest(), pictures.length];
  for (let number = 0; number < 20; number++) await (await visitor()).request();
  expect(pictures.length - count).toBeLessThanOrEqual(1);
  await clock.advance(1500);
  expect(pictures.length - count).toBeLessThanOrEqual(3);
  expect(latest().chats.size).toBe(20);
  expect(latest().queues.get(sales)).toBe(before.queues.get(sales));
  expect(latest().queues.get(support)).not.toBe(before.queues.get(support));
});

test('3: finds what no hint told of: another node’s, or a change of set-up', async (t) => {
  const { clock, newDesk, visitor, latest } = await watchFloor(t);
  const elsewhere = await newDesk({ start: false });
  const id = await (await visitor(elsewhere)).request();
  expect(latest().chats.has(id)).toBe(false);
  await clock.advance(11_000);
  expect(latest().chats.has(id)).toBe(true);
});

test('3: nothing is read where nobody watches any more', async (t) => {
  const { visitor, clock, pictures, stop } = await watchFloor(t);
  stop();
  const count = pictures.length;
  await (await visitor()).request();
  await clock.advance(30_000);
  expect(pictures.length).toBe(count);
});

test('T: the floor of another organization is another one', async (t) => {
  const { desk, visitor, settle } = await watchFloor(t);
  await (await visitor()).request();
  const pictures: FloorPicture[] = [];
  t.onTestFinished(desk.watchFloor(otherOrganization, (picture) => pictures.push(picture)));
  await settle();
  expect([...(pictures.at(-1)?.queues.keys() ?? [])]).toEqual(['foreign']);
  expect(pictures.at(-1)?.chats.size).toBe(0);
});

test('3: of a picture, who oversees some queues sees these, their chats, and who may serve them', async (t) => {
  const { agent, visitor, clock, latest } = await watchFloor(t);
  await agent('chloe');
  await (await visitor()).request();
  const inSales = await (await visitor()).request({ queue: sales });
  await clock.advance(2000);
  const seenBy = (oversight: Oversight) => {
    const { queues, agents, chats } = viewOf(latest(), oversight);
    return [[...queues.keys()], [...agents.keys()].sort(), [...chats.keys()]];
  };
  expect(seenBy([sales])).toEqual([[sales], ['anna', 'bram'], [inSales]]);
  expect(seenBy([])).toEqual([[], [], []]);
  expect(seenBy(null)[0]).toEqual([sales, support]);
});
