import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import { sales } from './furnish.ts';
import { openDesk } from './open-desk.ts';

describe('where a waiting visitor stands', () => {
  const open = async (...args: Parameters<typeof openDesk>) => {
    const opened = await openDesk(...args);
    return {
      ...opened,
      /** Every place that this visitor was told, with the number of agents who are ready. */
      places: (id: ConversationId) =>
        opened
          .toldTo(`conversation:${id}`)
          .flatMap((message) =>
            message.kind === 'signal' && message.signal.kind === 'place'
              ? [`${message.to} ${message.signal.place}/${message.signal.agents}`]
              : [],
          ),
    };
  };

  test('they are told when they come in, and again when it changes, and not in between', async (t) => {
    const { visitor, clock, places } = await open(t);
    const first = await visitor();
    const one = await first.request();
    await clock.advance(1500);
    const two = await (await visitor()).request();
    await clock.advance(1500);
    expect(places(one)).toEqual(['visitor 1/0']);
    expect(places(two)).toEqual(['visitor 2/0']);
    await first.end();
    await clock.advance(5000);
    expect(places(one)).toEqual(['visitor 1/0']);
    expect(places(two)).toEqual(['visitor 2/0', 'visitor 1/0']);
  });

  test('they are told how many are ready: who is paused may be away for long', async (t) => {
    const { visitor, agent, clock, places } = await open(t, { room: 1 });
    const anna = await agent('anna');
    await (await visitor()).request();
    await clock.advance(10);
    const id = await (await visitor()).request();
    await clock.advance(1500);
    const bram = await agent('bram', { ready: false });
    await bram.status({ state: 'paused', profile: bram.agent.profiles[0] as never });
    await clock.advance(1500);
    await bram.ready();
    await clock.advance(1500);
    await bram.off();
    await clock.advance(1500);
    await anna.pause();
    await clock.advance(1500);
    expect(places(id)).toEqual(['visitor 2/1', 'visitor 2/2', 'visitor 2/1', 'visitor 2/0']);
  });

  test('who is presented to an agent keeps their place until accepted', async (t) => {
    const { visitor, agent, clock, places } = await open(t, { room: 1 });
    const anna = await agent('anna');
    const one = await (await visitor()).request();
    await clock.advance(10);
    const two = await (await visitor()).request();
    await clock.advance(1500);
    expect(places(two)).toEqual(['visitor 2/1']);
    await anna.accept(one);
    await clock.advance(1500);
    expect(places(two)).toEqual(['visitor 2/1', 'visitor 1/1']);
  });

  test('who has left takes up no place, until they come back', async (t) => {
    const { visitor, clock, places } = await open(t);
    const first = await visitor();
    const one = await first.request();
    await clock.advance(10);
    const two = await (await visitor()).request();
    await clock.advance(1500);
    await first.leave();
    await clock.advance(10_000);
    expect(places(two)).toEqual(['visitor 2/0']);
    await clock.advance(10_000);
    expect(places(two)).toEqual(['visitor 2/0', 'visitor 1/0']);
    await first.come();
    await clock.advance(1500);
    expect(places(two)).toEqual(['visitor 2/0', 'visitor 1/0', 'visitor 2/0']);
    expect(places(one).at(-1)).toBe('visitor 1/0');
  });

  test('another queue is another line', async (t) => {
    const { visitor, clock, places } = await open(t);
    await (await visitor()).request();
    const id = await (await visitor()).request({ queue: sales });
    await clock.advance(1500);
    expect(places(id)).toEqual(['visitor 1/0']);
  });

  test('a queue that moves fast is told once a second', async (t) => {
    const { visitor, clock, places } = await open(t);
    const crowd = await Promise.all(Array.from({ length: 10 }, () => visitor()));
    for (const one of crowd) await one.request();
    await clock.advance(10);
    const last = await (await visitor()).request();
    await clock.advance(1500);
    for (const one of crowd) await one.end();
    await clock.advance(1500);
    expect(places(last)).toEqual(['visitor 11/0', 'visitor 1/0']);
  });

  test('who connects anew can be told at once', async (t) => {
    const { visitor, desk, head, clock, places } = await open(t);
    const id = await (await visitor()).request();
    await clock.advance(1500);
    await desk.tellPlace(await head(id));
    expect(places(id)).toEqual(['visitor 1/0', 'visitor 1/0']);
  });

  test('after a restart they are told as they connect', async (t) => {
    const { visitor, desk, head, clock, places, kill, newDesk } = await open(t);
    await (await visitor()).request();
    await clock.advance(10);
    const id = await (await visitor()).request();
    await clock.advance(1500);
    await kill(desk);
    const other = await newDesk();
    await other.tellPlace(await head(id));
    await other.idle();
    expect(places(id)).toEqual(['visitor 2/0', 'visitor 2/0']);
  });

  test('who does not wait any more is told nothing', async (t) => {
    const { visitor, desk, head, clock, places } = await open(t);
    const ada = await visitor();
    const id = await ada.request();
    await clock.advance(1500);
    await ada.end();
    await desk.tellPlace(await head(id));
    expect(places(id)).toEqual(['visitor 1/0']);
  });
});
