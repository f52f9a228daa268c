import { expect, type TestContext, test } from 'vitest';
import { createInProcessBus } from '../../bus/in-process-bus.ts';
import { type Batch, createFollower, type FollowerOptions } from '../follower.ts';
import { createFakeClock } from './fake-clock.ts';
import { openDesk } from './open-desk.ts';

/** A follower that keeps nothing, of a chat that goes on; what it is handed stands in `taken`. */
async function open(t: TestContext, options: Partial<FollowerOptions>) {
  const desk = await openDesk(t);
  const { store } = desk;
  const ada = await desk.visitor();
  const conversation = await ada.request();
  const clock = createFakeClock({ settle: async () => {} });
  const bus = createInProcessBus({ onListenerError: (error) => expect.unreachable(String(error)) });
  const taken: Batch['events'][] = [];
  const complain = (details: unknown) => expect.unreachable(JSON.stringify(details));
  const follower = createFollower({
    name: 'paced',
    store,
    bus,
    clock,
    log: { error: complain, warn: complain },
    handle: async (batches) => {
      taken.push(...batches.map(({ events }) => events));
      return [];
    },
    ...options,
  });
  t.onTestFinished(() => follower.stop());
  follower.start();
  await follower.caughtUp();
  taken.length = 0;
  const tell = async () => {
    const events = (await desk.store.log.read(conversation, 0, 100)).slice(-1);
    bus.publish('log', { kind: 'events', conversation, events });
  };
  return { ada, clock, follower, taken, tell };
}

const canWait: FollowerOptions['canWait'] = ({ body }) => body.type === 'message';

async function turns() {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

test('what can wait is taken up half a minute later, unless something comes that cannot', async (t) => {
  const { ada, clock, taken, tell } = await open(t, { canWait });
  await ada.say('one');
  await tell();
  await clock.advance(29_000);
  await turns();
  expect(taken).toEqual([]);
  await ada.say('two');
  await tell();
  await clock.advance(1000);
  await turns();
  expect(taken).toHaveLength(1);
  await ada.say('three');
  await tell();
  await ada.end();
  await tell();
  await clock.advance(250);
  await turns();
  expect(taken).toHaveLength(2);
});

test('what can wait does so too where it comes while something else is dealt with', async (t) => {
  let meanwhile = async () => {};
  let steps = 0;
  const handle: FollowerOptions['handle'] = async () => {
    steps++;
    await meanwhile();
    return [];
  };
  const { ada, clock, tell } = await open(t, { canWait, handle });
  steps = 0;
  meanwhile = async () => {
    meanwhile = async () => {};
    await ada.say('two');
    await tell();
  };
  await ada.say('one');
  await tell();
  await clock.advance(30_000);
  await turns();
  await clock.advance(29_000);
  await turns();
  expect(steps).toBe(1);
  await clock.advance(1000);
  await turns();
  expect(steps).toBe(2);
});

test('who has nothing to do reads nothing, and begins where it was once there is', async (t) => {
  let isIdle = true;
  const { ada, follower, taken, tell } = await open(t, { isIdle: async () => isIdle });
  await ada.say('one');
  await tell();
  await follower.caughtUp();
  expect(taken).toEqual([]);
  isIdle = false;
  await ada.say('two');
  await tell();
  await follower.caughtUp();
  expect(taken[0]?.map(({ body }) => body.type)).toEqual(expect.arrayContaining(['requested', 'message']));
});
