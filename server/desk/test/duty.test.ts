import { describe, expect, test } from 'vitest';
import type { AgentId, ProfileId } from '../../../protocol/ids.ts';
import { everything, supportOnly } from './furnish.ts';
import { openDesk } from './open-desk.ts';

const toAgent = (name: string) => `agent:${name as AgentId}` as const;

describe('logging on', () => {
  test('nobody is ready without having asked to be', async (t) => {
    const { agent } = await openDesk(t);
    expect(await (await agent('anna', { ready: false })).come()).toMatchObject({ state: 'off', profile: null });
  });

  test('being ready takes a profile of one’s own', async (t) => {
    const { agent } = await openDesk(t);
    const chloe = await agent('chloe', { ready: false });
    const refused = { ok: false, refusal: { code: 'invalid_field', field: 'profile' } };
    expect(await chloe.status({ state: 'ready' })).toMatchObject(refused);
    expect(await chloe.ready(everything)).toMatchObject(refused);
    expect(await chloe.ready('no-such' as ProfileId)).toMatchObject(refused);
    expect(await chloe.status({ state: 'paused', profile: everything })).toMatchObject(refused);
    expect(await chloe.ready(supportOnly)).toMatchObject({
      ok: true,
      status: { state: 'ready', profile: supportOnly },
    });
  });

  test('who was logged on before is ready with the same profile', async (t) => {
    const { agent } = await openDesk(t);
    const anna = await agent('anna');
    await anna.ready(supportOnly);
    await anna.off();
    expect(await anna.status({ state: 'ready' })).toMatchObject({ ok: true, status: { profile: supportOnly } });
  });

  test('every console of the agent hears it, with the reason of a pause', async (t) => {
    const { agent, clock, toldTo } = await openDesk(t);
    const anna = await agent('anna');
    await clock.advance(50);
    await anna.pause('Lunch');
    const status = { state: 'paused', since: clock.now(), profile: everything, pausedBy: 'agent', reason: 'Lunch' };
    expect(toldTo(toAgent('anna')).at(-1)).toEqual({ kind: 'status', status });
    await anna.ready();
    expect(toldTo(toAgent('anna')).at(-1)).toMatchObject({ status: { state: 'ready' } });
    expect(toldTo(toAgent('anna')).at(-1)).not.toMatchObject({ status: { reason: 'Lunch' } });
  });

  test('saying the same again does not change since when', async (t) => {
    const { agent, clock } = await openDesk(t);
    const anna = await agent('anna');
    const since = clock.now();
    await clock.advance(50);
    expect(await anna.ready()).toMatchObject({ status: { since } });
  });
});

describe('pausing and going off', () => {
  for (const how of ['pause', 'off'] as const)
    test(`${how}: what is presented goes to somebody else at once, what is active stays`, async (t) => {
      const { agent, visitor, story, head } = await openDesk(t);
      const anna = await agent('anna');
      const active = await (await visitor()).request();
      await anna.accept(active);
      const presented = await (await visitor()).request();
      await agent('bram');
      await anna[how]();
      expect(await story(presented)).toEqual(['requested', 'presented anna', 'returned anna', 'presented bram']);
      expect(await head(active)).toMatchObject({ phase: 'active', agent: 'anna' });
      expect((await anna.say(active, 'still here')).ok).toBe(true);
    });

  test('who pauses and is the only one is asked again once ready, since a return is no refusal', async (t) => {
    const { agent, visitor, head } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.pause();
    expect((await head(id)).phase).toBe('waiting');
    await anna.ready();
    expect((await head(id)).phase).toBe('presented');
  });
});

describe('requests that nobody answers', () => {
  test('three in a row pause the agent, who is told, and whom nothing more is asked', async (t) => {
    const { agent, visitor, clock, story, toldTo, dutyOf } = await openDesk(t);
    await agent('anna');
    const id = await (await visitor()).request();
    await clock.advance(3 * 34_000);
    expect(await story(id)).toEqual(['requested', ...Array(3).fill(['presented anna', 'lapsed anna']).flat()]);
    expect(await dutyOf('anna')).toMatchObject({ state: 'paused', pausedBy: 'missed', missed: 3 });
    expect(toldTo(toAgent('anna')).at(-1)).toMatchObject({
      kind: 'status',
      status: { state: 'paused', pausedBy: 'missed' },
    });
    await clock.advance(40_000);
    expect(await story(id)).toHaveLength(7);
  });

  test('three at once pause the agent, and what else was presented to them goes back', async (t) => {
    const { agent, visitor, clock, head, dutyOf } = await openDesk(t);
    await agent('anna');
    for (let count = 0; count < 3; count++) await (await visitor()).request();
    await clock.advance(1000);
    const fourth = await (await visitor()).request();
    await clock.advance(29_500);
    expect(await dutyOf('anna')).toMatchObject({ state: 'paused', pausedBy: 'missed' });
    expect((await head(fourth)).phase).toBe('waiting');
  });

  for (const how of ['accept', 'decline'] as const)
    test(`to ${how} one breaks the row`, async (t) => {
      const { agent, visitor, clock, dutyOf } = await openDesk(t);
      const anna = await agent('anna');
      const id = await (await visitor()).request();
      await clock.advance(34_000 + 31_000);
      expect(await dutyOf('anna')).toMatchObject({ state: 'ready', missed: 2 });
      await clock.advance(3000);
      await anna[how](id);
      expect(await dutyOf('anna')).toMatchObject({ state: 'ready', missed: 0 });
    });

  test('to be ready again begins a new row', async (t) => {
    const { agent, visitor, clock, dutyOf } = await openDesk(t);
    const anna = await agent('anna');
    await (await visitor()).request();
    await clock.advance(3 * 34_000);
    await anna.ready();
    expect(await dutyOf('anna')).toMatchObject({ state: 'ready', missed: 0, pausedBy: null });
  });
});

describe('signing an agent out', () => {
  test('C145 their sessions and sockets end, nothing more is asked of them, and what was presented goes back', async (t) => {
    const { agent, visitor, desk, store, head, toldTo, dutyOf, settle } = await openDesk(t);
    const anna = await agent('anna');
    const session = { agent: anna.agent.id, tokenHash: 'h', csrf: 'c', createdAt: 0, expiresAt: 9_000_000 };
    await store.staffSessions.create(session);
    const id = await (await visitor()).request();
    await desk.signOutAgent(anna.agent.id);
    await settle();
    expect(await store.staffSessions.find('h', 1)).toBeNull();
    expect(toldTo(toAgent('anna'))).toContainEqual({ kind: 'signed_out' });
    expect((await head(id)).phase).toBe('waiting');
    expect(await dutyOf('anna')).toMatchObject({ state: 'off' });
  });

  test('C145 what was with them goes back to the queue, once, when they do not come back', async (t) => {
    const { agent, visitor, desk, clock, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await desk.signOutAgent(anna.agent.id);
    await anna.leave();
    await clock.advance(120_000);
    expect(await story(id)).toEqual(['requested', 'presented anna', 'accepted anna', 'left anna']);
  });
});
