import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../../protocol/entities.ts';
import type { ConversationId, ErasureId, FileId } from '../../../protocol/ids.ts';
import type { SiteSettings } from '../../../protocol/site-settings.ts';
import { plainSite } from '../../domain/site.ts';
import { holdings } from '../personal-data.ts';
import { type Erasure, emailFollower } from '../privacy-store.ts';
import type { ConversationHead, Store } from '../store.ts';
import { begin, type Furnished, follow, furnish, message, newId, newSession, open, whisper } from './furnish.ts';
import { positionOf } from './position-of.ts';
import type { Opened } from './store-contract.ts';

const claimed = (email: string): EventBody => ({
  type: 'claimed',
  variables: [{ name: 'email', value: email, verified: false, source: 'form' }],
});
const verified = (subject: string): EventBody => ({
  type: 'verified',
  verification: { subject, issuer: 'shop', keyId: 'k1', verifiedAt: 1, expiresAt: 2, bound: true },
  variables: [{ name: 'name', value: `name of ${subject}`, verified: true }],
});

/** A conversation that ended at the time given. */
async function ended(store: Store, furnished: Furnished, { at = 2000, subject = null as string | null } = {}) {
  const head = await open(store, furnished);
  const bodies = [message('hello'), whisper('among us'), claimed('ada@shop.example'), verified(subject ?? 'nobody')];
  const next = follow(head, bodies, { change: { phase: 'ended', endedAt: at, subject }, at });
  expect(await store.log.append(next)).toEqual({ kind: 'appended' });
  return next.head;
}

const fileOf = ({ organization, id: conversation }: ConversationHead) => ({
  id: `${newId()}${newId()}`.slice(0, 22) as FileId,
  organization,
  conversation,
  audience: 'everyone' as const,
  agent: null,
  name: 'a.txt',
  kind: 'text' as const,
  type: 'text/plain',
  bytes: 3,
  width: null,
  height: null,
  state: 'sent' as const,
  command: null,
  createdAt: 1500,
});

const person = (value: string, by: 'subject' | 'email' = 'subject') => ({ by, value, site: null });

export function describePrivacy(opened: Opened, tables: () => Promise<string[]>): void {
  describe('privacy', () => {
    test('G224 every table says what of it goes with a visitor, or why nothing does', async () => {
      const unknown = (await tables()).filter((table) => !(table in holdings));
      expect(unknown, 'name them in store/personal-data.ts').toEqual([]);
    });

    test('an erased conversation is gone from everywhere, and no other', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const [gone, stays] = [await ended(store, furnished), await ended(store, furnished)];
      const [file, other] = [fileOf(gone), fileOf(stays)];
      for (const one of [file, other]) await store.files.create(one);
      await store.log.erase([gone.id, newId() as ConversationId]);
      await store.log.erase([gone.id]);

      expect(await store.conversations.find(gone.id)).toBeNull();
      expect(await store.log.read(gone.id, 0, 10)).toEqual([]);
      expect(await store.log.readVisible(gone.id, 0, 10)).toEqual([]);
      expect(await store.files.find(file.id)).toBeNull();
      expect(await store.privacy.doomedFiles(10)).toEqual([file.id]);
      await store.privacy.fileGone(file.id);
      expect(await store.conversations.find(stays.id)).toEqual(stays);
      expect(await store.log.read(stays.id, 0, 10)).toHaveLength(5);
      expect(await store.files.find(other.id)).toEqual(other);

      await opened.reopen();
      expect(await opened.store.conversations.find(gone.id)).toBeNull();
      expect(await opened.store.log.read(stays.id, 0, 10)).toHaveLength(5);
    });

    test('what is appended to it afterwards meets a conflict, and others go on where they were', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const [gone, stays] = [await open(store, furnished), await open(store, furnished)];
      await store.log.erase([gone.id]);
      expect(await store.log.append(follow(gone, [message('late')]))).toEqual({ kind: 'conflict' });
      const next = follow(stays, [message('on')]);
      expect(await store.log.append(next)).toEqual({ kind: 'appended' });
      await opened.reopen();
      expect((await opened.store.log.read(stays.id, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    test('an erased session comes back neither by itself nor with a conversation of its own', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const session = await newSession(store, furnished);
      const { head } = begin(session, furnished.queue);
      await store.privacy.eraseSessions([session.id], 5);
      expect(await store.sessions.find(session.id)).toBeNull();
      expect(await store.sessions.create(session)).toBe(false);
      await expect(store.log.append(follow({ ...head, seq: 0, visitorSeq: 0 }, [message('late')]))).rejects.toThrow();
      await store.privacy.forgetErasedSessions(6);
      expect(await store.sessions.create(session)).toBe(true);
    });

    test('a session stays while it has a conversation', async () => {
      const { store } = opened;
      const head = await open(store, await furnish(store));
      await store.privacy.eraseSessions([head.session], 5);
      expect(await store.sessions.find(head.session)).not.toBeNull();
    });

    test('a person is found by subject and by address, with what the same browser said without a name', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const { organization } = furnished;
      const byName = await ended(store, furnished, { subject: 'C-1' });
      const byMail = await ended(store, furnished);
      const somebody = await ended(store, furnished);
      const session = await store.sessions.find(byMail.session);
      if (!session) throw new Error('there is no session');
      const beside = begin(session, furnished.queue, { phase: 'ended', endedAt: 3000 });
      await store.log.append(beside);
      const steps = [
        { conversation: byMail.id, emails: ['ada@shop.example'] },
        { conversation: somebody.id, emails: ['bob@shop.example'] },
      ].map((step) => ({ ...step, organization, from: 0, to: 5, memory: '' }));
      expect(await store.privacy.recordEmails(steps)).toEqual([]);
      expect(await store.privacy.recordEmails(steps)).toHaveLength(2);
      expect(await positionOf(store, emailFollower, byMail.id)).toEqual({ seq: 5, memory: '' });

      expect(await store.privacy.find(organization, person('C-1'))).toMatchObject({
        conversations: [byName.id],
        sessions: [byName.session],
      });
      const found = await store.privacy.find(organization, person(' Ada@Shop.example', 'email'));
      expect([...found.conversations].sort()).toEqual([byMail.id, beside.head.id].sort());
      expect(found).toMatchObject({ sessions: [byMail.session], files: 0, firstAt: 1000, lastAt: 1000 });
      const elsewhere = await furnish(store);
      expect(await store.privacy.find(elsewhere.organization, person('C-1'))).toMatchObject({ conversations: [] });
      expect(await store.privacy.find(organization, { ...person('C-1'), site: elsewhere.site.id })).toMatchObject({
        conversations: [],
      });
    });

    test('an erasure is there with its targets until it is finished, also after a restart', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const head = await ended(store, furnished);
      const { organization, agent } = furnished;
      const record = { person: 'hash', agent: agent.id, agentName: agent.name, requestedAt: 7, doneAt: null };
      const erasure: Erasure = {
        id: newId() as string as ErasureId,
        organization,
        ...record,
        conversations: 1,
        files: 0,
      };
      const targets = { conversations: [head.id], sessions: [head.session] };
      await store.privacy.addErasure(erasure, targets);
      await opened.reopen();
      const { privacy } = opened.store;
      expect(await privacy.unfinishedErasures()).toContainEqual(erasure);
      expect(await privacy.targetsOf(erasure.id, 10)).toEqual(targets);
      expect(await privacy.targetsOf(erasure.id, 1)).toEqual({ ...targets, sessions: [] });
      await privacy.dropTargets(erasure.id, targets);
      await privacy.finishErasure(erasure.id, 9);
      expect(await privacy.unfinishedErasures()).not.toContainEqual(expect.objectContaining({ id: erasure.id }));
      expect(await privacy.erasuresOf(organization, 10)).toEqual([{ ...erasure, doneAt: 9 }]);
    });

    test('G225 what has been kept long enough is found, and what is open never', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const { organization, site } = furnished;
      const [old, young] = [await ended(store, furnished, { at: 2000 }), await ended(store, furnished, { at: 5000 })];
      await open(store, furnished);
      const [file, kept] = [fileOf(old), fileOf(young)];
      for (const one of [file, kept]) await store.files.create(one);
      expect(await store.privacy.endedBefore(site.id, 5000, 10)).toEqual([old.id]);
      expect(await store.privacy.endedBefore(site.id, 9000, 1)).toEqual([old.id]);
      expect(await store.privacy.doomFiles(site.id, 5000, 10)).toBe(1);
      expect(await store.privacy.doomFiles(site.id, 5000, 10)).toBe(0);
      expect([await store.files.find(file.id), await store.files.find(kept.id)]).toEqual([null, kept]);
      expect(await store.privacy.doomedFiles(10)).toEqual([file.id]);
      await store.privacy.fileGone(file.id);

      const retention: SiteSettings['retention'] = { conversations: 30, files: null, identities: null };
      await store.sites.update(organization, site.id, { settings: { ...plainSite, retention } });
      expect(await store.privacy.retentionRules()).toContainEqual({ site: site.id, retention });
    });

    test('G225 what is under a legal hold is not found, until it is lifted', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const { organization, site } = furnished;
      const head = await ended(store, furnished, { subject: 'C-1' });
      await store.files.create(fileOf(head));
      const due = async () => [
        await store.privacy.endedBefore(site.id, 9000, 10),
        await store.privacy.knownBefore(site.id, 9000, 10),
      ];
      await store.privacy.setHeld([head.id], true);
      expect(await store.privacy.find(organization, person('C-1'))).toMatchObject({ held: 1 });
      expect(await due()).toEqual([[], []]);
      expect(await store.privacy.doomFiles(site.id, 9000, 10)).toBe(0);
      await store.privacy.setHeld([head.id], false);
      expect(await store.privacy.find(organization, person('C-1'))).toMatchObject({ held: 0 });
      expect(await due()).toEqual([[head.id], [head.id]]);
    });

    test('G225 an anonymous conversation says what was said, and not by whom', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const head = await ended(store, furnished, { subject: 'C-1' });
      const { organization, site } = furnished;
      expect(await store.privacy.knownBefore(site.id, 9000, 10)).toEqual([head.id]);
      await store.log.anonymise([head.id]);
      expect(await store.privacy.knownBefore(site.id, 9000, 10)).toEqual([]);

      const events = await store.log.read(head.id, 0, 10);
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      expect(JSON.stringify(events)).not.toMatch(/C-1|ada@/);
      expect(JSON.stringify(events)).toContain('hello');
      expect(await store.conversations.find(head.id)).toEqual({ ...head, subject: null });
      const session = await store.sessions.find(head.session);
      expect(session).toMatchObject({ subject: null, thumbprint: '', revokedAt: expect.any(Number) });
      expect(await store.privacy.find(organization, person('C-1'))).toMatchObject({ conversations: [] });
    });

    test('G226 a link to an export is good once, for who made it, until its time is up', async () => {
      const { store } = opened;
      const { organization, agent } = await furnish(store);
      const conversations = [newId() as ConversationId];
      const link = { tokenHash: newId(), organization, agent: agent.id, expiresAt: 100, conversations };
      await store.privacy.addExportLink(link);
      expect(await store.privacy.takeExportLink(link.tokenHash, newId() as typeof agent.id, 50)).toBeNull();
      expect(await store.privacy.takeExportLink(link.tokenHash, agent.id, 50)).toEqual(link);
      expect(await store.privacy.takeExportLink(link.tokenHash, agent.id, 50)).toBeNull();
      const late = { ...link, tokenHash: newId() };
      await store.privacy.addExportLink(late);
      expect(await store.privacy.takeExportLink(late.tokenHash, agent.id, 100)).toBeNull();
      await store.privacy.forgetExportLinks(100);
    });
  });
}
