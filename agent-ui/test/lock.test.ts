import { afterEach, describe, expect, it, vi } from 'vitest';
import { lockOf } from '../state/lock.ts';
import { variablesOf, visitorName } from '../state/variables.ts';
import { byVisitor, claimed, openDesk, verified } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function openChat() {
  const desk = await openDesk();
  const log = desk.chatting('ada');
  const rows = () => {
    const chat = desk.chat('ada');
    if (!chat) throw new Error('The tab has gone.');
    return Object.fromEntries(
      variablesOf(chat, desk.desk.now()).map(({ name, value, lock }) => [name, [value, lock.state]]),
    );
  };
  return { desk, log, rows, lock: () => lockOf(desk.chat('ada')?.identity ?? { kind: 'unknown' }, desk.desk.now()) };
}

describe('the lock', () => {
  it('V078 is never drawn beside what was only said', async () => {
    const { log, rows } = await openChat();
    log.happen(claimed({ plan: 'gold' }, 'page'), byVisitor);
    expect(rows()).toEqual({ plan: ['gold', 'claimed'] });
  });

  it('V081 stands for the signed value, in whichever order the two arrive', async () => {
    for (const order of [0, 1]) {
      const { log, rows } = await openChat();
      const both = [
        verified({ email: 'ada@shop.example' }),
        claimed({ 'E-Mail': 'evil@example.com', plan: 'gold' }, 'page'),
      ];
      if (order) both.reverse();
      for (const body of both) log.happen(body);
      expect(rows()).toEqual({ email: ['ada@shop.example', 'verified'], plan: ['gold', 'claimed'] });
    }
  });

  it('V083 is taken from a variable that a newer token leaves out', async () => {
    const { log, rows } = await openChat();
    log.happen(verified({ name: 'Ada', plan: 'gold' }));
    log.happen(verified({ name: 'Ada' }));
    expect(rows()).toEqual({ name: ['Ada', 'verified'] });
  });

  it('J070 opens by itself when the verification runs out, and screens are told of the moment', async () => {
    const { desk, log, lock } = await openChat();
    log.happen(verified({ name: 'Ada' }, 20_000));
    const told = vi.fn();
    desk.desk.store.subscribe(told);
    await vi.advanceTimersByTimeAsync(19_999);
    expect(lock()?.state).toBe('verified');
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(lock()?.state).toBe('expired');
    expect(told).toHaveBeenCalledOnce();
  });

  it('J070 closes again with a fresh token', async () => {
    const { log, lock } = await openChat();
    log.happen(verified({ name: 'Ada' }, 1000));
    await vi.advanceTimersByTimeAsync(2000);
    log.happen(verified({ name: 'Ada' }, 60_000));
    expect(lock()?.state).toBe('verified');
  });

  it('J069 opens at once when the site revokes the key', async () => {
    const { log, lock, rows } = await openChat();
    log.happen(verified({ name: 'Ada' }));
    log.happen({ type: 'unverified', check: 'key_revoked' });
    expect(lock()?.state).toBe('revoked');
    expect(rows()).toEqual({ name: ['Ada', 'revoked'] });
  });

  it('V084 opens with the check that a later token failed, and keeps when it had been closed', async () => {
    const { log, lock } = await openChat();
    log.happen(verified({ name: 'Ada' }));
    log.happen({ type: 'unverified', check: 'audience' });
    expect(lock()).toMatchObject({ state: 'refused', check: 'audience', verification: { keyId: 'key-1' } });
  });

  it('says which check failed although nothing was ever verified', async () => {
    const { log, lock } = await openChat();
    log.happen({ type: 'unverified', check: 'signature' });
    expect(lock()).toMatchObject({ state: 'refused', check: 'signature', verification: null });
  });

  it("follows the server's clock, not this browser's", async () => {
    const { desk, log, lock } = await openChat();
    expect(desk.desk.now()).toBe(Date.now());
    log.happen(verified({ name: 'Ada' }, 30_000));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(lock()?.state).toBe('expired');
  });
});

describe('the list of variables', () => {
  it('keeps what was typed into the form when the page says its list anew', async () => {
    const { log, rows } = await openChat();
    log.happen(claimed({ name: 'Ada' }, 'form'), byVisitor);
    log.happen(claimed({ cart: '3' }, 'page'), byVisitor);
    log.happen(claimed({ cart: '4' }, 'page'), byVisitor);
    expect(rows()).toEqual({ name: ['Ada', 'claimed'], cart: ['4', 'claimed'] });
  });

  it('begins with name and e-mail', async () => {
    const { log, rows } = await openChat();
    log.happen(claimed({ zip: '1011', email: 'a@b.example', name: 'Ada' }), byVisitor);
    expect(Object.keys(rows())).toEqual(['name', 'email', 'zip']);
  });

  it('gives a name that cannot turn or break the sentence it stands in', async () => {
    const { desk, log } = await openChat();
    log.happen(claimed({ name: ' Ada\u202E\n\u0000Love\u2069lace ' }), byVisitor);
    const chat = desk.chat('ada');
    expect(chat && visitorName(chat)).toBe('Ada Lovelace');
  });
});
