import { describe, expect, test } from 'vitest';
import type { SiteId } from '../../../protocol/ids.ts';
import { furnish, newAgent, newId, newSession, open } from './furnish.ts';
import type { Opened } from './store-contract.ts';

export function describeSessions(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const furnished = await furnish(store);
    return { store, furnished, sessions: store.sessions };
  };

  describe('sessions of visitors', () => {
    test('are found by the hash of their token, at their site alone', async () => {
      const { store, furnished, sessions } = await start();
      const session = await newSession(store, furnished);
      expect(await sessions.findByTokenHash(session.site, session.tokenHash)).toEqual(session);
      expect(await sessions.findByTokenHash(newId<'site'>() as SiteId, session.tokenHash)).toBeNull();
      expect(await sessions.findByTokenHash(session.site, 'other')).toBeNull();
    });

    test('get a subject once', async () => {
      const { store, furnished, sessions } = await start();
      const { id, site, tokenHash } = await newSession(store, furnished);
      expect(await sessions.setSubject(id, 'ada')).toBe(true);
      expect(await sessions.setSubject(id, 'ada')).toBe(true);
      expect(await sessions.setSubject(id, 'ben')).toBe(false);
      expect(await sessions.findByTokenHash(site, tokenHash)).toMatchObject({ subject: 'ada' });
    });

    test('are lost, found again, and revoked for good', async () => {
      const { store, furnished, sessions } = await start();
      const session = await newSession(store, furnished);
      const stored = () => sessions.findByTokenHash(session.site, session.tokenHash);
      await sessions.setLost(session.id, 500);
      expect(await stored()).toMatchObject({ lostAt: 500 });
      await sessions.setLost(session.id, null);
      expect(await stored()).toMatchObject({ lostAt: null });
      await sessions.revoke(session.id, 600);
      await sessions.revoke(session.id, 700);
      expect(await stored()).toMatchObject({ revokedAt: 600 });
    });

    test('are all lost at a start where their conversation is open and they were not lost before', async () => {
      const { store, furnished, sessions } = await start();
      const [talking, gone, done] = [
        await open(store, furnished),
        await open(store, furnished),
        await open(store, furnished, { phase: 'ended', endedAt: 5 }),
      ];
      await sessions.setLost(gone.session, 100);
      await sessions.loseAll(800);
      const found = await store.conversations.abandoned(800, 10_000);
      const lost = new Set(found.map(({ id }) => id));
      expect([lost.has(talking.id), lost.has(gone.id)]).toEqual([true, true]);
      const early = await store.conversations.abandoned(799, 10_000);
      expect(early.map(({ id }) => id)).not.toContain(talking.id);
      expect(early.map(({ id }) => id)).toContain(gone.id);
      expect(lost.has(done.id)).toBe(false);
    });
  });

  describe('sessions of staff', () => {
    const newStaffSession = async () => {
      const { store, furnished } = await start();
      const session = { agent: furnished.agent.id, tokenHash: newId(), csrf: 'c', createdAt: 1, expiresAt: 1000 };
      await store.staffSessions.create(session);
      return { session, furnished, staffSessions: store.staffSessions };
    };

    test('are found until they expire', async () => {
      const { session, staffSessions } = await newStaffSession();
      expect(await staffSessions.find(session.tokenHash, 999)).toEqual(session);
      expect(await staffSessions.find(session.tokenHash, 1000)).toBeNull();
      expect(await staffSessions.find('other', 1)).toBeNull();
    });

    test('end one at a time, all of one agent, or when they have expired', async () => {
      const { session, furnished, staffSessions } = await newStaffSession();
      const others = ['a', 'b', 'c'].map((name) => ({ ...session, tokenHash: `${name}${session.tokenHash}` }));
      const colleague = newAgent(furnished.organization, []);
      await opened.store.agents.create(colleague);
      const theirs = { ...session, agent: colleague.id, tokenHash: newId(), expiresAt: 2000 };
      for (const one of [...others, theirs]) await staffSessions.create(one);
      const left = async () => {
        const found = await Promise.all(
          [session, ...others, theirs].map(({ tokenHash }) => staffSessions.find(tokenHash, 1)),
        );
        return found.filter((one) => one !== null).length;
      };
      await staffSessions.delete(session.tokenHash);
      expect(await left()).toBe(4);
      await staffSessions.deleteOf(session.agent);
      expect(await left()).toBe(1);
      await staffSessions.deleteExpired(1999);
      expect(await left()).toBe(1);
      await staffSessions.deleteExpired(2000);
      expect(await left()).toBe(0);
    });
  });
}
