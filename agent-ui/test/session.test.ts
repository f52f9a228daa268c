import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SignedIn } from '../../protocol/http.ts';
import type { DeskApi } from '../state/desk-api.ts';
import { anna, everything, openDesk } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the session', () => {
  it('asks for the password where there is none, and says why a sign-in failed', async () => {
    const answers: ('failed' | 'many' | SignedIn)[] = ['failed', 'many', { agent: anna, role: 'agent', csrf: 'c2' }];
    const desk = await openDesk();
    desk.desk.act({ type: 'sign-out' });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.calls).toEqual(['sign out with c']);
    expect(desk.state.session).toEqual({ kind: 'signed-out', problem: null, busy: false });
    const api = { signIn: async () => answers.shift() ?? 'failed' } satisfies Partial<DeskApi>;
    Object.assign(desk.api, api);
    const signIn = async () => {
      desk.desk.act({ type: 'sign-in', email: 'anna@balie.example', password: 'x' });
      await vi.advanceTimersByTimeAsync(0);
      return desk.state.session;
    };
    expect(await signIn()).toMatchObject({ problem: 'failed' });
    expect(await signIn()).toMatchObject({ problem: 'many' });
    expect(await signIn()).toMatchObject({ kind: 'signed-in', csrf: 'c2' });
  });

  it('leaves nothing of one person to the next', async () => {
    const desk = await openDesk();
    desk.chatting('ada');
    desk.desk.act({ type: 'sign-out' });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.state).toMatchObject({ chats: [], selected: null, profiles: [], sending: [] });
  });

  it('is not said to be over while the server has not ended it', async () => {
    const desk = await openDesk();
    Object.assign(desk.api, { signOut: async () => false });
    desk.desk.act({ type: 'sign-out' });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.state.session.kind).toBe('signed-in');
    expect(desk.state.notice).toEqual({ kind: 'refused', code: 'unavailable' });
  });

  it('goes back to the sign-in when the server says that nobody is signed in', async () => {
    const desk = await openDesk();
    desk.deliver({ type: 'fault', code: 'sign_in_expected', message: '' });
    expect(desk.state.session).toEqual({ kind: 'signed-out', problem: 'ended', busy: false });
  });
});

describe('the status', () => {
  it('is sent with the chosen profile, and shown at once', async () => {
    const desk = await openDesk();
    desk.desk.act({ type: 'set-status', state: 'paused', reason: 'lunch' });
    expect(desk.sent.at(-1)).toEqual({ type: 'status', state: 'paused', profile: everything.id, reason: 'lunch' });
    expect(desk.state.status).toMatchObject({ state: 'paused', reason: 'lunch' });
  });

  it('chosen while the connection is lost is sent when it is back', async () => {
    const desk = await openDesk();
    desk.cut();
    desk.desk.act({ type: 'set-status', state: 'off' });
    await vi.advanceTimersByTimeAsync(30_000);
    await desk.connect();
    expect(desk.sent.at(-1)).toMatchObject({ type: 'status', state: 'off' });
    expect(desk.state.status.state).toBe('off');
  });

  it('goes back to what the server told when a change is refused', async () => {
    const desk = await openDesk();
    desk.desk.act({ type: 'set-status', state: 'paused', reason: 'lunch' });
    desk.deliver({ type: 'fault', code: 'malformed', message: '', field: 'profile' });
    expect(desk.state.status.state).toBe('ready');
  });

  it('is said to be off where it became so while the connection was away, and nowhere else', async () => {
    const desk = await openDesk();
    const off = { status: { state: 'off', since: 0, profile: everything.id } } as const;
    desk.cut();
    await vi.advanceTimersByTimeAsync(30_000);
    await desk.connect(off);
    expect(desk.state).toMatchObject({ status: { state: 'off' }, notice: { kind: 'off' } });
    desk.desk.act({ type: 'dismiss-notice' });
    desk.cut();
    desk.desk.act({ type: 'set-status', state: 'ready' });
    await vi.advanceTimersByTimeAsync(30_000);
    await desk.connect(off);
    expect(desk.state).toMatchObject({ status: { state: 'ready' }, notice: null });
    const fresh = await openDesk({}, off);
    expect(fresh.state.notice).toBeNull();
  });

  it('tells who was paused by the desk for letting requests run out', async () => {
    const desk = await openDesk();
    const status = { state: 'paused', since: 0, profile: everything.id, pausedBy: 'missed' } as const;
    desk.deliver({ type: 'status', status });
    expect(desk.state.status).toEqual(status);
  });
});
