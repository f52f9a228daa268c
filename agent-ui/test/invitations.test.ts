import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBody } from '../../protocol/entities.ts';
import type { Colleagues } from '../../protocol/http.ts';
import type { InvitationId } from '../../protocol/ids.ts';
import { entriesOf } from '../state/entries.ts';
import { accepted, anna, bram, byAnna, byBram, byVisitor, openDesk, requested, support } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const invited = (by = bram, to: Extract<EventBody, { type: 'invited' }>['to'] = { kind: 'agent', agent: anna }) =>
  ({
    type: 'invited',
    invitation: 'invitation-1' as InvitationId,
    by,
    to,
    note: 'Knows about lamps',
    plan: 'leave',
    until: Date.now() + 120_000,
  }) as const;
const asked = (agent = anna): EventBody => ({ type: 'asked', agent, until: Date.now() + 30_000 });
const nobody: Colleagues = { agents: [], queues: [{ queue: support, ready: 0 }] };

/** A chat of Bram's, to which Anna is invited. */
async function openInvitation() {
  const desk = await openDesk();
  const log = desk.log('ada');
  log.happen(requested, byVisitor);
  log.happen({ type: 'accepted', agent: bram }, byBram);
  log.happen(invited(), byBram);
  log.happen(asked(), byBram);
  return { ...desk, log };
}

describe('an invitation', () => {
  it('opens as a request with who invites, why, and how long there is', async () => {
    const { chat, news } = await openInvitation();
    expect(chat('ada')?.stage).toMatchObject({
      kind: 'request',
      until: Date.now() + 30_000,
      invitation: { by: bram, note: 'Knows about lamps', plan: 'leave' },
    });
    expect(news.at(-1)).toMatchObject({ kind: 'request' });
  });

  it('is accepted as a request is, and the chat goes on where it stands', async () => {
    const { desk, log, chat, commands } = await openInvitation();
    desk.act({ type: 'accept', conversation: log.id });
    expect(commands().at(-1)?.command).toEqual({ type: 'accept' });
    log.happen({ type: 'joined', agent: anna }, byAnna);
    log.happen({ type: 'left', agent: bram, reason: 'left' }, byAnna);
    expect(chat('ada')).toMatchObject({ stage: { kind: 'active' }, agents: [anna], invitation: null });
  });

  it('closes its tab with a word when it is withdrawn', async () => {
    const { log, deliver, desk } = await openInvitation();
    log.happen({ type: 'uninvited', reason: 'withdrawn' }, byBram);
    deliver({ type: 'gone', conversation: log.id, reason: 'withdrawn' });
    expect(desk.store.get().chats).toHaveLength(0);
    expect(desk.store.get().notice).toMatchObject({ kind: 'gone', reason: 'withdrawn' });
  });
});

describe('inviting a colleague', () => {
  async function openOwn() {
    const desk = await openDesk();
    const log = desk.chatting('ada');
    const lines = () =>
      entriesOf({ events: desk.chat('ada')?.events ?? [], me: anna.id, seen: 0, now: Date.now() }).flatMap((entry) =>
        entry.kind === 'line' ? [entry.line] : [],
      );
    return { ...desk, log, lines };
  }

  it('shows who is there, and looks again while one chooses', async () => {
    const { desk, api, log } = await openOwn();
    const found = vi.spyOn(api, 'colleagues').mockResolvedValueOnce(null).mockResolvedValue(nobody);
    desk.act({ type: 'show-dialog', kind: 'invite', conversation: log.id });
    expect(desk.store.get().dialog).toMatchObject({ kind: 'invite', colleagues: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.store.get().dialog).toMatchObject({ colleagues: 'failed' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(desk.store.get().dialog).toMatchObject({ colleagues: nobody });
    desk.act({ type: 'hide-dialog' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(found.mock.calls.length).toBeLessThanOrEqual(3);
    expect(desk.store.get().dialog).toBeNull();
  });

  it('goes out as one command and closes the dialog', async () => {
    const { desk, log, commands } = await openOwn();
    desk.act({ type: 'show-dialog', kind: 'invite', conversation: log.id });
    const invitation = { to: { kind: 'agent', agent: bram.id }, note: 'help', plan: 'stay' } as const;
    desk.act({ type: 'invite', conversation: log.id, invitation });
    expect(commands().at(-1)?.command).toEqual({ type: 'invite', ...invitation });
    expect(desk.store.get().dialog).toBeNull();
  });

  it('shows whom it stands before, and that nobody came', async () => {
    const { log, chat, lines } = await openOwn();
    log.happen(invited(anna, { kind: 'queue', queue: support }), byAnna);
    log.happen(asked(bram));
    expect(chat('ada')?.invitation).toMatchObject({ to: 'Support', asked: { agent: bram } });
    expect(chat('ada')?.stage.kind).toBe('active');
    log.happen({ type: 'unanswered', agent: bram, reason: 'declined' }, byBram);
    log.happen({ type: 'uninvited', reason: 'nobody' });
    expect(chat('ada')?.invitation).toBeNull();
    expect(lines()).toContainEqual({ kind: 'uninvited', reason: 'nobody' });
  });

  it('keeps the chat of who stays when the other leaves, and of who leaves nothing', async () => {
    const { log, chat, deliver, desk } = await openOwn();
    log.happen(accepted, byAnna);
    log.happen({ type: 'joined', agent: bram }, byBram);
    expect(chat('ada')?.agents).toEqual([anna, bram]);
    log.happen({ type: 'left', agent: bram, reason: 'lost' });
    expect(chat('ada')).toMatchObject({ stage: { kind: 'active' }, agents: [anna] });
    log.happen({ type: 'left', agent: anna, reason: 'left' }, byAnna);
    deliver({ type: 'gone', conversation: log.id, reason: 'left' });
    expect(desk.store.get().chats).toHaveLength(0);
    expect(desk.store.get().notice).toBeNull();
  });
});
