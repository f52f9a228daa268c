import { describe, expect, type TestContext, test } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { ConversationId } from '../../../protocol/ids.ts';
import { sales } from './furnish.ts';
import { inChat, toAgent, toQueue } from './invite.ts';
import { codeOf, newId } from './people.ts';

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
