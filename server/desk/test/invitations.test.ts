import { describe, expect, type TestContext, test } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentId, ConversationId, QueueId } from '../../../protocol/ids.ts';
import { foreign, sales, supportOnly } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { codeOf, newId } from './people.ts';

type Plan = 'stay' | 'leave';
const toAgent = (agent: string, plan: Plan = 'stay'): AgentCommand => ({
  type: 'invite',
  to: { kind: 'agent', agent: agent as AgentId },
  note: 'Can you help?',
  plan,
});
const toQueue = (queue: QueueId, plan: Plan = 'stay'): AgentCommand => ({
  type: 'invite',
  to: { kind: 'queue', queue },
  note: '',
  plan,
});

type Options = Parameters<typeof openDesk>[1];

/** Anna has a chat with Ada; whoever else is there comes later, so that it is hers. */
async function inChat(t: TestContext, options: Options = {}) {
  const opened = await openDesk(t, options);
  const anna = await opened.agent('anna');
  const ada = await opened.visitor();
  const id = await ada.request();
  await anna.accept(id);
  const since = async () => (await opened.story(id)).slice(3);
  const goneOf = (agent: string) =>
    opened.toldTo(`agent:${agent as AgentId}`).flatMap((one) => (one.kind === 'gone' ? [one.reason] : []));
  return { ...opened, anna, ada, id, since, goneOf };
}

describe('inviting a colleague', () => {
  test('puts it before them as a tab, which they accept; then both are in it', async (t) => {
    const { agent, anna, id, since, toldTo, head, desk } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram'));
    expect(toldTo(`agent:${bram.agent.id}`).at(-1)).toEqual({ kind: 'open', conversation: id });
    expect(await desk.readable(bram.agent, id)).toMatchObject({ asked: 'bram' });
    expect(codeOf(await bram.accept(id))).toBe('ok');
    expect(await since()).toEqual(['invited', 'asked bram', 'joined bram']);
    expect(await head(id)).toMatchObject({ agent: 'anna', guests: ['bram'], asked: null, dueAt: null });
    for (const one of [anna, bram]) expect(codeOf(await one.say(id, 'hello'))).toBe('ok');
  });

  test('who declines is out of it, cannot read it any more, and the inviter is told', async (t) => {
    const { agent, anna, id, since, goneOf, desk } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    await bram.decline(id);
    expect(await since()).toEqual(['invited', 'asked bram', 'unanswered bram', 'uninvited']);
    expect(goneOf('bram')).toEqual(['declined']);
    expect(await desk.readable(bram.agent, id)).toBeNull();
    expect(codeOf(await anna.say(id, 'still me'))).toBe('ok');
  });

  test('who does not answer in time has let it run out, which counts as a request would', async (t) => {
    const { agent, anna, id, since, clock, goneOf, dutyOf } = await inChat(t);
    await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    await clock.advance(30_500);
    expect(await since()).toEqual(['invited', 'asked bram', 'unanswered bram', 'uninvited']);
    expect(goneOf('bram')).toEqual(['lapsed']);
    expect(await dutyOf('bram')).toMatchObject({ missed: 1 });
  });

  for (const how of ['pause', 'off'] as const)
    test(`${how}: who cannot answer any more gives it back at once, and has missed nothing`, async (t) => {
      const { agent, anna, id, log, dutyOf, goneOf } = await inChat(t);
      const bram = await agent('bram');
      await anna.send(id, toAgent('bram'));
      await bram[how]();
      expect((await log(id)).at(-1)?.body).toEqual({ type: 'uninvited', reason: 'returned' });
      expect(goneOf('bram')).toEqual(['returned']);
      expect(await dutyOf('bram')).toMatchObject({ missed: 0 });
    });

  test('8: a colleague whose console is loaded again still has it; one who stays away gives it back, and has missed nothing', async (t) => {
    const { agent, anna, id, since, log, clock, desk, dutyOf } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    await bram.leave();
    await bram.come();
    expect(await desk.readable(bram.agent, id)).toMatchObject({ asked: 'bram' });
    expect(codeOf(await bram.accept(id))).toBe('ok');
    expect(await since()).toEqual(['invited', 'asked bram', 'joined bram', 'left anna']);

    await bram.send(id, toAgent('anna'));
    await anna.leave();
    await clock.advance(30_500);
    expect((await log(id)).at(-1)?.body).toEqual({ type: 'uninvited', reason: 'returned' });
    expect(await dutyOf('anna')).toMatchObject({ missed: 0 });
  });

  test('from a queue goes on at once from whose connection is lost', async (t) => {
    const { agent, anna, id, since } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toQueue(sales));
    await bram.leave();
    expect((await since()).slice(0, 3)).toEqual(['invited', 'asked bram', 'unanswered bram']);
  });

  test('is refused where they are away, where they have no room, and where they are of another organization', async (t) => {
    const { agent, visitor, anna, id, since } = await inChat(t, { room: 1 });
    expect(codeOf(await anna.send(id, toAgent('bram')))).toBe('agent_away');
    const bram = await agent('bram');
    await bram.off();
    expect(codeOf(await anna.send(id, toAgent('bram')))).toBe('agent_away');
    await bram.ready();
    await bram.accept(await (await visitor()).request());
    expect(codeOf(await anna.send(id, toAgent('bram')))).toBe('no_room');
    await agent('eve', { ready: false });
    const toEve = await anna.send(id, toAgent('eve'));
    expect(codeOf(toEve)).toBe('not_found');
    expect(await anna.send(id, toAgent('nobody'))).toEqual(toEve);
    expect(await since()).toEqual([]);
  });

  test('somebody who is paused can be invited by name', async (t) => {
    const { agent, anna, id, since } = await inChat(t);
    const bram = await agent('bram');
    await bram.pause('Lunch');
    await anna.send(id, toAgent('bram'));
    await bram.accept(id);
    expect(await since()).toEqual(['invited', 'asked bram', 'joined bram']);
  });

  test('who is asked for something else at that moment is asked for this too, and each counts', async (t) => {
    const { agent, anna, id, visitor, head, store } = await inChat(t, { room: 2 });
    const bram = await agent('bram');
    const request = await (await visitor()).request();
    expect(await head(request)).toMatchObject({ phase: 'presented', agent: 'bram' });
    await anna.send(id, toAgent('bram'));
    const loads = async () =>
      Object.fromEntries((await store.agents.listOf(anna.agent.organization)).map((one) => [one.id, one.load]));
    expect(await loads()).toMatchObject({ anna: 1, bram: 2 });
    expect(codeOf(await bram.accept(request))).toBe('ok');
    expect(codeOf(await bram.decline(id))).toBe('ok');
    expect(await head(request)).toMatchObject({ phase: 'active', agent: 'bram' });
    expect(await loads()).toMatchObject({ anna: 1, bram: 1 });
  });

  test('sent again, it is answered as it was, whatever became of the colleague since', async (t) => {
    const { agent, anna, id, since } = await inChat(t);
    const bram = await agent('bram');
    const command = newId();
    const first = await anna.send(id, toAgent('bram'), command);
    await bram.off();
    expect(await anna.send(id, toAgent('bram'), command)).toEqual(first);
    expect(await since()).toEqual(['invited', 'asked bram', 'unanswered bram', 'uninvited']);
    expect(codeOf(await anna.send(id, toAgent('chloe'), command))).toBe('conflicting_resend');
  });

  test('withdrawn, it is gone from before them', async (t) => {
    const { agent, anna, id, goneOf, desk } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram'));
    await anna.send(id, { type: 'uninvite' });
    expect(goneOf('bram')).toEqual(['withdrawn']);
    expect(await desk.readable(bram.agent, id)).toBeNull();
    expect(codeOf(await bram.accept(id))).toBe('already_taken');
  });

  test('accepted and withdrawn at the same instant, one of the two is done', async (t) => {
    const { agent, anna, id, desk, log, settle } = await inChat(t);
    const bram = await agent('bram');
    for (let round = 0; round < 20; round++) {
      await anna.send(id, toAgent('bram'));
      const answers = await Promise.all([
        desk.fromAgent(anna.agent, id, newId(), { type: 'uninvite' }),
        desk.fromAgent(bram.agent, id, newId(), { type: 'accept' }),
      ]);
      await settle();
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      if ((await log(id)).at(-1)?.body.type === 'joined') await bram.send(id, { type: 'leave' });
    }
  });
});

describe('leaving', () => {
  test('with the plan to leave, the inviter goes when the other is there, and reads no more', async (t) => {
    const { agent, anna, id, since, goneOf, desk, head } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    expect(codeOf(await anna.say(id, 'one moment'))).toBe('ok');
    await bram.accept(id);
    expect((await since()).slice(-2)).toEqual(['joined bram', 'left anna']);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'bram', guests: [] });
    expect(goneOf('anna')).toEqual(['left']);
    expect(await desk.readable(anna.agent, id)).toBeNull();
    expect(await desk.earlier(anna.agent, id)).toBeNull();
    for (const command of [
      { type: 'message', text: 'late', audience: 'agents' },
      { type: 'end' },
      { type: 'classify', note: 'mine' },
    ] as const)
      expect(codeOf(await anna.send(id, command))).toBe('not_allowed');
  });

  test('P129 who left does not read it after its end either', async (t) => {
    const { agent, anna, ada, id, desk } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    await bram.accept(id);
    await ada.end();
    expect(await desk.readable(anna.agent, id)).toBeNull();
    expect(await desk.readable(bram.agent, id)).toMatchObject({ phase: 'ended' });
  });

  test('guests who were there when it ended read it, and may note what it was', async (t) => {
    const { agent, anna, ada, id, desk } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram'));
    await bram.accept(id);
    await ada.end();
    for (const one of [anna, bram]) {
      expect(await desk.readable(one.agent, id)).toMatchObject({ phase: 'ended' });
      expect(codeOf(await one.send(id, { type: 'classify', category: 'Order' }))).toBe('ok');
    }
  });

  test('the last one cannot, and is told so', async (t) => {
    const { agent, anna, id } = await inChat(t);
    expect(codeOf(await anna.send(id, { type: 'leave' }))).toBe('wrong_state');
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    expect(codeOf(await anna.send(id, { type: 'leave' }))).toBe('wrong_state');
    await bram.accept(id);
    expect(codeOf(await bram.send(id, { type: 'leave' }))).toBe('wrong_state');
  });

  test('two who leave at the same instant leave one behind', async (t) => {
    const { agent, anna, id, desk, head } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram'));
    await bram.accept(id);
    const answers = await Promise.all(
      [anna, bram].map((one) => desk.fromAgent(one.agent, id, newId(), { type: 'leave' })),
    );
    expect(answers.map(codeOf).toSorted()).toEqual(['ok', 'wrong_state']);
    expect(await head(id)).toMatchObject({ phase: 'active', guests: [] });
  });

  test('an inviter who is lost while the other is asked leaves the visitor to the queue, not to nobody', async (t) => {
    const { agent, anna, id, clock, head, goneOf } = await inChat(t, { settings: { presentMs: 300_000 } });
    await agent('bram');
    await anna.send(id, toAgent('bram', 'leave'));
    await anna.leave();
    await clock.advance(61_000);
    expect(goneOf('bram')).toContain('ended');
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'bram', asked: null });
  });

  test('an inviter who is lost where a colleague remains leaves the invitation open', async (t) => {
    const { agent, anna, id, clock, head, story } = await inChat(t, { settings: { presentMs: 300_000 } });
    const [bram, chloe] = [await agent('bram'), await agent('chloe')];
    await anna.send(id, toAgent('bram'));
    await bram.accept(id);
    await anna.send(id, toAgent('chloe', 'leave'));
    await anna.leave();
    await clock.advance(61_000);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'bram', asked: 'chloe' });
    await chloe.accept(id);
    expect((await story(id)).slice(-2)).toEqual(['left anna', 'joined chloe']);
    expect(await head(id)).toMatchObject({ agent: 'bram', guests: ['chloe'] });
  });

  test('a guest who is lost goes, and who leads stays', async (t) => {
    const { agent, anna, id, clock, head } = await inChat(t);
    const bram = await agent('bram');
    await anna.send(id, toAgent('bram'));
    await bram.accept(id);
    await bram.leave();
    await clock.advance(61_000);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'anna', guests: [] });
  });

  test('the visitor is told whether anybody is there as agents come and go', async (t) => {
    const { agent, anna, id, clock, toldTo } = await inChat(t);
    const bram = await agent('bram');
    const here = () =>
      toldTo(`conversation:${id}`).flatMap((one) =>
        one.kind === 'signal' && one.to === 'visitor' && one.signal.kind === 'presence' ? [one.signal.connected] : [],
      );
    await anna.send(id, toAgent('bram'));
    await anna.leave();
    await clock.advance(6000);
    expect(here().at(-1)).toBe(false);
    await bram.accept(id);
    expect(here().at(-1)).toBe(true);
    await anna.come();
    await bram.leave();
    await clock.advance(6000);
    expect(here().at(-1)).toBe(true);
    await anna.send(id, { type: 'leave' });
    expect(here().at(-1)).toBe(false);
  });
});

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

describe('when the chat ends', () => {
  for (const who of ['visitor', 'agent', 'sign-out'] as const)
    test(`by the ${who}, who is asked is told that it has ended, and has room again`, async (t) => {
      const { agent, anna, ada, id, desk, since, goneOf, settle, visitor, head } = await inChat(t, { room: 1 });
      const bram = await agent('bram');
      await anna.send(id, toAgent('bram'));
      const other = await (await visitor()).request();
      expect((await head(other)).phase).toBe('waiting');
      await anna.pause();
      if (who === 'visitor') expect(await ada.end()).toMatchObject({ ok: true, visitorSeq: 3 });
      if (who === 'agent') await anna.end(id);
      if (who === 'sign-out') await desk.signOutVisitor(ada.session);
      await settle();
      expect(await since()).toEqual(['invited', 'asked bram', 'uninvited', 'ended']);
      expect(goneOf('bram')).toEqual(['ended']);
      expect(await desk.readable(bram.agent, id)).toBeNull();
      expect(await head(other)).toMatchObject({ phase: 'presented', agent: 'bram' });
    });

  test('the visitor’s end is acknowledged with the place that they see, sent again too', async (t) => {
    const { agent, anna, ada, id } = await inChat(t);
    await agent('bram');
    await anna.send(id, toAgent('bram'));
    const command = newId();
    const first = await ada.end(command);
    expect(first).toMatchObject({ visitorSeq: 3 });
    expect(await ada.send({ type: 'end' }, command, id)).toEqual(first);
  });
});

describe('after a restart', () => {
  async function restarted(t: TestContext, command: AgentCommand) {
    const chat = await inChat(t);
    const bram = await chat.agent('bram');
    await chat.anna.send(chat.id, command);
    await chat.kill(chat.desk);
    const desk = await chat.newDesk();
    for (const one of [chat.anna, bram, chat.ada]) one.desk = desk;
    return { ...chat, bram, desk };
  }

  test('who was asked still is, as long as they would have been', async (t) => {
    const { anna, bram, id, clock, since } = await restarted(t, toAgent('bram', 'leave'));
    await anna.come();
    await bram.come();
    expect((await bram.desk.conversationsOf(bram.agent)).map((one) => one.id)).toEqual([id]);
    await clock.advance(29_000);
    expect(codeOf(await bram.accept(id))).toBe('ok');
    expect((await since()).slice(-2)).toEqual(['joined bram', 'left anna']);
  });

  test('who was asked and is not back gives it back when their time is up', async (t) => {
    const { anna, id, clock, log, dutyOf } = await restarted(t, toAgent('bram'));
    await anna.come();
    await clock.advance(30_500);
    expect((await log(id)).at(-1)?.body).toEqual({ type: 'uninvited', reason: 'returned' });
    expect(await dutyOf('bram')).toMatchObject({ missed: 0 });
  });

  test('a queue is asked on, and given up on at the same time as before', async (t) => {
    const { anna, bram, id, clock, since, head } = await restarted(t, toQueue(sales));
    await anna.come();
    expect(await since()).toEqual(['invited', 'asked bram']);
    await bram.come();
    await clock.advance(1000);
    await bram.decline(id);
    expect((await since()).slice(-2)).toEqual(['unanswered bram', 'uninvited']);
    expect(await head(id)).toMatchObject({ dueAt: null });
  });

  test('an invitation that nobody was asked for yet finds who comes', async (t) => {
    const chat = await inChat(t);
    const { anna, id, agent, kill, desk, newDesk, clock, since } = chat;
    await anna.send(id, toQueue(sales));
    await kill(desk);
    const next = await newDesk();
    anna.desk = next;
    await anna.come();
    await agent('bram', { on: next });
    await clock.advance(3000);
    expect(await since()).toEqual(['invited', 'asked bram']);
  });

  test('guests who are back in time are in it, and those who are not have left', async (t) => {
    const chat = await inChat(t);
    const bram = await chat.agent('bram');
    await chat.anna.send(chat.id, toAgent('bram'));
    await bram.accept(chat.id);
    await chat.kill(chat.desk);
    bram.desk = await chat.newDesk();
    await bram.come();
    await chat.clock.advance(61_000);
    expect((await chat.since()).at(-1)).toBe('left anna');
    expect(await chat.head(chat.id as ConversationId)).toMatchObject({ phase: 'active', agent: 'bram', guests: [] });
  });
});
