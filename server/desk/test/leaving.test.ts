import { describe, expect, test } from 'vitest';
import { inChat, toAgent } from './invite.ts';
import { codeOf, newId } from './people.ts';

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
