import { describe, expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import { foreign, sales, supportOnly } from './furnish.ts';
import { inChat, toQueue } from './invite.ts';
import { codeOf } from './people.ts';

describe('inviting a queue', () => {
  test('asks one after the other, and joins who accepts', async (t) => {
    const { agent, anna, id, since, clock } = await inChat(t);
    await agent('bram');
    await clock.advance(10);
    const chloe = await agent('chloe');
    await anna.send(id, toQueue('support' as QueueId));
    expect(await since()).toEqual(['invited', 'asked bram']);
    await clock.advance(30_500);
    expect(await since()).toEqual(['invited', 'asked bram', 'unanswered bram', 'asked chloe']);
    await chloe.accept(id);
    expect((await since()).at(-1)).toBe('joined chloe');
  });

  test('asks only whom the queue has, not the inviter, and nobody twice', async (t) => {
    const { agent, anna, id, since, log, clock } = await inChat(t);
    const bram = await agent('bram');
    await agent('chloe');
    await anna.send(id, toQueue(sales));
    await bram.decline(id);
    await clock.advance(10_000);
    expect(await since()).toEqual(['invited', 'asked bram', 'unanswered bram', 'uninvited']);
    expect((await log(id)).at(-1)?.body).toEqual({ type: 'uninvited', reason: 'nobody' });
  });

  test('where nobody is there, waits for somebody to come, as long as an invitation lasts', async (t) => {
    const { agent, anna, id, since, clock } = await inChat(t);
    await anna.send(id, toQueue(sales));
    await clock.advance(100_000);
    expect(await since()).toEqual(['invited']);
    await agent('bram');
    expect(await since()).toEqual(['invited', 'asked bram']);
  });

  test('where nobody comes, is over in the end, and the inviter stays', async (t) => {
    const { anna, id, log, head, clock } = await inChat(t);
    await anna.send(id, toQueue(sales, 'leave'));
    await clock.advance(119_000);
    expect(await head(id)).toMatchObject({ invitedQueue: sales });
    await clock.advance(1500);
    expect((await log(id)).at(-1)?.body).toEqual({ type: 'uninvited', reason: 'nobody' });
    expect(await head(id)).toMatchObject({ agent: 'anna', invitedQueue: null, dueAt: null });
  });

  test('asks nobody without room, and asks them when they have it', async (t) => {
    const { agent, anna, id, visitor, since } = await inChat(t, { room: 1 });
    const bram = await agent('bram');
    const other = await (await visitor()).request();
    await bram.accept(other);
    await anna.send(id, toQueue(sales));
    expect(await since()).toEqual(['invited']);
    await bram.end(other);
    expect(await since()).toEqual(['invited', 'asked bram']);
  });

  test('comes before who waits in the queue: a chat is under way that waits for them', async (t) => {
    const { agent, anna, id, visitor, since, head } = await inChat(t, { room: 1 });
    await anna.send(id, toQueue(sales));
    const waiting = await (await visitor()).request();
    await agent('bram');
    expect(await since()).toEqual(['invited', 'asked bram']);
    expect((await head(waiting)).phase).toBe('waiting');
  });

  test('which the inviter withdraws to invite another is not taken for that one', async (t) => {
    const { agent, anna, id, since, clock } = await inChat(t);
    const chloe = await agent('chloe', { ready: false });
    await anna.send(id, toQueue(sales));
    await anna.send(id, { type: 'uninvite' });
    await anna.send(id, toQueue('support' as QueueId));
    await chloe.ready(supportOnly);
    await clock.advance(3000);
    expect(await since()).toEqual(['invited', 'uninvited', 'invited', 'asked chloe']);
  });

  test('INV6 of another organization is as one that is not there', async (t) => {
    const { anna, id } = await inChat(t);
    const answer = await anna.send(id, toQueue(foreign));
    expect(codeOf(answer)).toBe('not_found');
    expect(await anna.send(id, toQueue('nothing' as QueueId))).toEqual(answer);
  });
});
