import { describe, expect, test } from 'vitest';
import { openDesk } from './open-desk.ts';
import { codeOf, newId } from './people.ts';

/** A new process over the same store; nobody is connected to it yet. */
async function restart(opened: Awaited<ReturnType<typeof openDesk>>) {
  await opened.kill(opened.desk);
  return opened.newDesk();
}

describe('after a restart', () => {
  test('INV1 what was acknowledged is there, once, and a resend is known again', async (t) => {
    const opened = await openDesk(t);
    const { visitor, log } = opened;
    const ada = await visitor();
    const id = await ada.request();
    const command = newId();
    const first = await ada.say('hello', command);
    ada.desk = await restart(opened);
    expect(await ada.say('hello', command)).toEqual(first);
    expect(await ada.say('and on')).toMatchObject({ seq: 3 });
    expect((await log(id)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('INV4 every request is where it was', async (t) => {
    const opened = await openDesk(t, { room: 2 });
    const { visitor, agent, store, head } = opened;
    const anna = await agent('anna');
    const ids = [];
    for (let count = 0; count < 4; count++) {
      ids.push(await (await visitor()).request());
      await opened.clock.advance(10);
    }
    const [active, presented, ended, waiting] = ids as [never, never, never, never];
    await anna.accept(active);
    const before = await Promise.all([active, presented, waiting].map(head));
    expect(before.map(({ phase }) => phase)).toEqual(['active', 'presented', 'waiting']);
    const other = await restart(opened);
    expect(await Promise.all([active, presented, waiting].map(head))).toEqual(before);
    expect(await store.conversations.waiting(10)).toHaveLength(2);
    expect((await head(ended)).phase).toBe('waiting');
    await other.idle();
  });

  test('a presented request keeps its time: the agent who is back may still accept', async (t) => {
    const opened = await openDesk(t);
    const { visitor, agent, clock, head } = opened;
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await clock.advance(10_000);
    anna.desk = await restart(opened);
    await anna.come();
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'anna', dueAt: clock.now() + 20_000 });
    expect((await anna.accept(id)).ok).toBe(true);
  });

  test('a presented request whose agent did not come back is returned when its time is up: no lapse of theirs', async (t) => {
    const opened = await openDesk(t);
    const { visitor, agent, clock, story, dutyOf } = opened;
    await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    ada.desk = await restart(opened);
    await ada.come();
    await clock.advance(30_500);
    expect(await story(id)).toEqual(['requested', 'presented anna', 'returned anna']);
    expect(await dutyOf('anna')).toMatchObject({ missed: 0 });
  });

  test('an agent who is back within the grace has their conversation; after it, it waits again', async (t) => {
    const opened = await openDesk(t);
    const { visitor, agent, clock, head } = opened;
    const [anna, bram] = [await agent('anna'), await agent('bram')];
    const [hers, his] = [await (await visitor()).request(), await (await visitor()).request()];
    const asked = new Map([
      [(await head(hers)).agent as string, hers],
      [(await head(his)).agent as string, his],
    ]);
    for (const one of [anna, bram]) await one.accept(asked.get(one.agent.id) as never);
    anna.desk = await restart(opened);
    await clock.advance(50_000);
    expect(await anna.come()).toMatchObject({ state: 'ready' });
    await clock.advance(15_000);
    expect(await head(asked.get('anna') as never)).toMatchObject({ phase: 'active', agent: 'anna' });
    expect((await head(asked.get('bram') as never)).phase).toBe('waiting');
  });

  test('a request whose visitor is not back yet is presented to nobody, and given up in the end', async (t) => {
    const opened = await openDesk(t);
    const { visitor, agent, clock, head } = opened;
    const [ada, ben] = [await visitor(), await visitor()];
    const [hers, his] = [await ada.request(), await ben.request()];
    const desk = await restart(opened);
    await agent('anna', { on: desk });
    expect((await head(hers)).phase).toBe('waiting');
    ada.desk = desk;
    await ada.come();
    expect((await head(hers)).phase).toBe('presented');
    await clock.advance(121_000);
    expect((await head(his)).phase).toBe('ended');
    expect((await head(hers)).phase).not.toBe('ended');
  });

  test('timers that were running before it do nothing any more', async (t) => {
    const opened = await openDesk(t);
    const { visitor, clock, kill, desk } = opened;
    const ada = await visitor();
    await ada.request();
    await ada.leave();
    await kill(desk);
    expect(clock.pending()).toBe(0);
    expect(codeOf(await ada.say('hello?'))).toBe('unavailable');
  });
});
