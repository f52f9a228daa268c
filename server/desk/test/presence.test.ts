import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import { openDesk } from './open-desk.ts';
import { newId, page } from './people.ts';

const presenceTold = (messages: readonly { kind: string }[]) =>
  messages.flatMap((message) =>
    'signal' in message && (message.signal as { kind: string }).kind === 'presence' ? [message] : [],
  );
const about = (id: ConversationId) => `conversation:${id}` as const;

describe('an agent whose connection dies', () => {
  test('has what they did not answer returned at once, and asked of somebody else', async (t) => {
    const { agent, visitor, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await agent('bram');
    await anna.leave();
    expect(await story(id)).toEqual(['requested', 'presented anna', 'returned anna', 'presented bram']);
  });

  test('keeps what they accepted for the grace, and finds it there when they come back', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await anna.leave();
    await clock.advance(59_000);
    expect(await anna.come()).toMatchObject({ state: 'ready' });
    await clock.advance(120_000);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'anna' });
  });

  test('C149 loses it after the grace: it waits again, before who came later, and they are off', async (t) => {
    const { agent, visitor, clock, story, head, dutyOf, toldTo } = await openDesk(t, { room: 1 });
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await clock.advance(10);
    const later = await (await visitor()).request();
    await anna.leave();
    await clock.advance(61_000);
    expect((await story(id)).at(-1)).toBe('left anna');
    expect(await dutyOf('anna')).toMatchObject({ state: 'off' });
    await agent('bram');
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'bram' });
    expect(await head(later)).toMatchObject({ phase: 'waiting' });

    expect(await anna.come()).toMatchObject({ state: 'off' });
    const late = await anna.say(id, 'am I still here?');
    expect(late).toMatchObject({ ok: false, refusal: { code: 'not_allowed' } });
    expect(toldTo('agent:anna' as never)).toContainEqual({ kind: 'gone', conversation: id, reason: 'lost' });
  });

  test('has left who signed out: what was with them goes on at once, and they are off', async (t) => {
    const { agent, visitor, clock, story, dutyOf } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    const asked = await (await visitor()).request();
    await clock.advance(10);
    await agent('bram');
    await anna.leave({ hasSignedOut: true });
    expect((await story(id)).slice(-2)).toEqual(['left anna', 'presented bram']);
    expect((await story(asked)).slice(-2)).toEqual(['returned anna', 'presented bram']);
    expect(await dutyOf('anna')).toMatchObject({ state: 'off' });
    expect(await anna.come()).toMatchObject({ state: 'off' });
  });

  test('R203 loses it once, however often the clock is looked at', async (t) => {
    const { agent, visitor, clock, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await anna.leave();
    await clock.advance(200_000);
    expect((await story(id)).filter((line) => line === 'left anna')).toHaveLength(1);
  });

  test('C146 is still there while another console of theirs is open', async (t) => {
    const { agent, visitor, clock, story } = await openDesk(t);
    const anna = await agent('anna');
    await anna.come();
    const id = await (await visitor()).request();
    await anna.leave();
    await clock.advance(1000);
    expect(await story(id)).toEqual(['requested', 'presented anna']);
    await anna.leave();
    expect((await story(id)).at(-1)).toBe('returned anna');
  });

  test('is not taken for gone who is back before that was noted', async (t) => {
    const { agent, visitor, desk, story, settle } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await Promise.all([
      desk.setStatus(anna.agent, { state: 'ready' }),
      desk.agentWent(anna.agent),
      desk.agentCame(anna.agent),
    ]);
    await settle();
    expect(await story(id)).toEqual(['requested', 'presented anna']);
  });

  test('who is back at the very end of the grace loses nothing', async (t) => {
    let back: (() => Promise<unknown>) | null = null;
    const { agent, visitor, clock, head, dutyOf } = await openDesk(t, {
      between: (real) => ({
        ...real,
        agents: {
          ...real.agents,
          async lostSince(before) {
            const lost = await real.agents.lostSince(before);
            if (lost.length > 0) await back?.();
            return lost;
          },
        },
      }),
    });
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await anna.leave();
    back = () => anna.desk.agentCame(anna.agent);
    await clock.advance(61_000);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'anna' });
    expect(await dutyOf('anna')).toMatchObject({ state: 'ready', lostAt: null });
  });

  test('is not asked while away, and is asked again when back', async (t) => {
    const { agent, visitor, head } = await openDesk(t);
    const anna = await agent('anna');
    await anna.leave();
    const id = await (await visitor()).request();
    expect((await head(id)).phase).toBe('waiting');
    await anna.come();
    expect((await head(id)).phase).toBe('presented');
  });

  test('their visitor is told when they are gone and when they are back, but not of a reload', async (t) => {
    const { agent, visitor, clock, toldTo } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await anna.leave();
    await clock.advance(4000);
    await anna.come();
    await clock.advance(10_000);
    expect(presenceTold(toldTo(about(id)))).toEqual([]);
    await anna.leave();
    await clock.advance(5000);
    await anna.come();
    expect(presenceTold(toldTo(about(id)))).toMatchObject([
      { to: 'visitor', signal: { connected: false } },
      { to: 'visitor', signal: { connected: true } },
    ]);
  });
});

describe('a visitor', () => {
  test('who changes pages is not said to be gone', async (t) => {
    const { agent, visitor, clock, desk, head, toldTo } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    await ada.leave();
    expect(await desk.describe(await head(id), 0)).toMatchObject({ connected: true });
    await clock.advance(4900);
    await ada.come();
    await clock.advance(10_000);
    expect(presenceTold(toldTo(about(id)))).toEqual([]);
  });

  test('W042 with several tabs is there until the last one closes', async (t) => {
    const { agent, visitor, clock, toldTo } = await openDesk(t);
    await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    for (let tabs = 1; tabs < 5; tabs++) await ada.come();
    for (let tabs = 1; tabs < 5; tabs++) await ada.leave();
    await clock.advance(10_000);
    expect(presenceTold(toldTo(about(id)))).toEqual([]);
  });

  test('who goes and comes back is shown as such to agents', async (t) => {
    const { agent, visitor, clock, desk, head, toldTo } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    await ada.leave();
    await clock.advance(5000);
    expect(await desk.describe(await head(id), 0)).toMatchObject({ connected: false });
    await ada.come();
    expect(presenceTold(toldTo(about(id)))).toMatchObject([
      { to: 'agents', signal: { connected: false } },
      { to: 'agents', signal: { connected: true } },
    ]);
  });

  test('who does not come back while waiting gives the request up; being with an agent, it stays', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    const anna = await agent('anna');
    const served = await visitor();
    const active = await served.request();
    await anna.accept(active);
    await anna.pause();
    const waiting = await visitor();
    const id = await waiting.request();
    await served.leave();
    await waiting.leave();
    await clock.advance(119_000);
    expect((await head(id)).phase).toBe('waiting');
    await clock.advance(1500);
    expect((await head(id)).phase).toBe('ended');
    expect((await head(active)).phase).toBe('active');
  });

  test('who comes back in time has lost nothing', async (t) => {
    const { visitor, clock, head } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    await ada.leave();
    await clock.advance(110_000);
    await ada.come();
    await clock.advance(60_000);
    expect((await head(id)).phase).toBe('waiting');
  });

  test('whose socket closes before the request is committed is gone all the same', async (t) => {
    const { visitor, clock, head, desk, settle } = await openDesk(t);
    const ada = await visitor();
    const answer = desk.fromVisitor(ada.context(), newId(), { type: 'request', page, locale: 'en' });
    await ada.leave();
    const outcome = await answer;
    await settle();
    await clock.advance(130_000);
    expect(outcome.ok && (await head(outcome.conversation)).phase).toBe('ended');
  });

  test('C150 accepted after they left: the agent has it, and can close it', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await ada.leave();
    await clock.advance(10_000);
    expect((await anna.accept(id)).ok).toBe(true);
    await clock.advance(200_000);
    expect((await head(id)).phase).toBe('active');
    expect((await anna.end(id)).ok).toBe(true);
    expect(await anna.accept(id)).toMatchObject({ ok: false, refusal: { code: 'already_ended' } });
  });
});
