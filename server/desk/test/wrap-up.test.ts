import { describe, expect, type TestContext, test } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentId } from '../../../protocol/ids.ts';
import { organization, sales, support } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { codeOf } from './people.ts';

const minute = 60_000;
const toQueue: AgentCommand = { type: 'invite', to: { kind: 'queue', queue: support }, note: '', plan: 'stay' };

/** A desk whose queue for support gives a minute after each chat; the one for sales gives none. */
async function openWrappingDesk(t: TestContext, room = 4) {
  const opened = await openDesk(t, { room });
  await opened.store.queues.update(organization, support, { wrapUpMs: minute });
  const anna = await opened.agent('anna');
  /** One chat of Anna's, over now. */
  const chat = async (queue = support) => {
    const id = await (await opened.visitor()).request({ queue });
    await anna.accept(id);
    await anna.end(id);
    return id;
  };
  const statuses = () =>
    opened.toldTo('agent:anna' as `agent:${AgentId}`).flatMap((one) => (one.kind === 'status' ? [one.status] : []));
  return { ...opened, anna, chat, statuses };
}

describe('after a chat', () => {
  test('the agent is given the time of its queue, is told so, and is asked nothing until it is over', async (t) => {
    const { chat, visitor, clock, head, statuses } = await openWrappingDesk(t);
    await chat();
    const until = clock.now() + minute;
    expect(statuses().at(-1)).toMatchObject({ state: 'ready', wrapUpUntil: until });
    const id = await (await visitor()).request();
    await clock.advance(minute - 1);
    expect((await head(id)).phase).toBe('waiting');
    await clock.advance(1);
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'anna' });
  });

  test('it is asked of a colleague meanwhile', async (t) => {
    const { chat, visitor, agent, head } = await openWrappingDesk(t);
    await chat();
    const bram = await agent('bram');
    const id = await (await visitor()).request();
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: bram.agent.id });
  });

  test('who says that they are ready is asked at once', async (t) => {
    const { anna, chat, visitor, head, statuses } = await openWrappingDesk(t);
    await chat();
    const id = await (await visitor()).request();
    await anna.ready();
    expect(statuses().at(-1)).not.toHaveProperty('wrapUpUntil');
    expect((await head(id)).phase).toBe('presented');
  });

  test('of a queue that gives no time, the next one comes at once', async (t) => {
    const { chat, visitor, head, statuses } = await openWrappingDesk(t);
    await chat(sales);
    expect(statuses().every((status) => status.wrapUpUntil === undefined)).toBe(true);
    expect((await head(await (await visitor()).request())).phase).toBe('presented');
  });

  test('the time for one is not cut short by the end of another', async (t) => {
    const { anna, chat, visitor, store, clock, dutyOf } = await openWrappingDesk(t);
    const other = await (await visitor()).request({ queue: sales });
    await anna.accept(other);
    await chat();
    const until = clock.now() + minute;
    await clock.advance(1000);
    await store.queues.update(organization, sales, { wrapUpMs: 5000 });
    await anna.end(other);
    expect(await dutyOf('anna')).toMatchObject({ wrapUpUntil: until });
  });

  test('nobody is kept from a chat that they have', async (t) => {
    const { anna, chat, visitor } = await openWrappingDesk(t);
    const other = await (await visitor()).request({ queue: sales });
    await anna.accept(other);
    await chat();
    expect(codeOf(await anna.say(other, 'I am here'))).toBe('ok');
  });

  test('who pauses in the meantime has no time left when they are ready again', async (t) => {
    const { anna, chat, visitor, head } = await openWrappingDesk(t);
    await chat();
    await anna.pause();
    const id = await (await visitor()).request();
    await anna.ready();
    expect((await head(id)).phase).toBe('presented');
  });

  test('an invitation to the queue waits for who wraps up, and reaches them then', async (t) => {
    const { anna, visitor, agent, story, clock } = await openWrappingDesk(t);
    const bram = await agent('bram');
    const [first, second] = [await (await visitor()).request(), await (await visitor()).request()];
    const byName = new Map([anna, bram].map((one) => [one.agent.id, one]));
    for (const id of [first, second])
      for (const one of byName.values()) if (codeOf(await one.accept(id)) === 'ok') break;
    const ofBram = (await bram.desk.conversationsOf(bram.agent))[0]?.id;
    const ofAnna = (await anna.desk.conversationsOf(anna.agent))[0]?.id;
    if (!ofBram || !ofAnna) throw new Error('each has one');
    await bram.end(ofBram);
    await anna.send(ofAnna, toQueue);
    await clock.advance(minute - 1000);
    expect((await story(ofAnna)).at(-1)).toBe('invited');
    await clock.advance(4000);
    expect((await story(ofAnna)).at(-1)).toBe('asked bram');
  });

  test('a restart does not take it away', async (t) => {
    const { anna, chat, visitor, kill, desk, newDesk, clock, head } = await openWrappingDesk(t);
    await chat();
    await kill(desk);
    const next = await newDesk();
    anna.desk = next;
    await clock.advance(1000);
    expect(await anna.come()).toMatchObject({ state: 'ready', wrapUpUntil: expect.any(Number) });
    const id = await (await visitor(next)).request();
    expect((await head(id)).phase).toBe('waiting');
    await clock.advance(minute);
    expect((await head(id)).phase).toBe('presented');
  });

  test('who leaves a chat to colleagues wraps it up too', async (t) => {
    const { anna, agent, visitor, clock, dutyOf } = await openWrappingDesk(t);
    const id = await (await visitor()).request();
    await anna.accept(id);
    const bram = await agent('bram');
    const to = { kind: 'agent', agent: bram.agent.id } as const;
    await anna.send(id, { type: 'invite', to, note: '', plan: 'leave' });
    await bram.accept(id);
    expect(await dutyOf('anna')).toMatchObject({ wrapUpUntil: clock.now() + minute });
    expect(await dutyOf('bram')).toMatchObject({ wrapUpUntil: null });
  });
});

describe('the closing form', () => {
  test('goes with the tab, and what is noted reaches agents alone', async (t) => {
    const { anna, visitor, store, head, desk, log } = await openWrappingDesk(t);
    const closing = { categories: ['Order', 'Question'], required: true };
    await store.queues.update(organization, support, { closing });
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    expect(await desk.describe(await head(id), 0)).toMatchObject({ closing });
    await ada.end();
    expect(codeOf(await anna.send(id, { type: 'classify', category: 'Order', note: 'sold' }))).toBe('ok');
    expect((await log(id)).at(-1)).toMatchObject({ visitorSeq: null, body: { category: 'Order', note: 'sold' } });
  });
});
