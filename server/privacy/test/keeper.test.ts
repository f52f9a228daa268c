import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import type { ConversationId, ErasureId, FileId } from '../../../protocol/ids.ts';
import type { SiteSettings } from '../../../protocol/site-settings.ts';
import { createInProcessBus } from '../../bus/in-process-bus.ts';
import { createFakeClock } from '../../desk/test/fake-clock.ts';
import { plainSite } from '../../domain/site.ts';
import { createFileKeeper, thumbnailOf } from '../../files/files.ts';
import { openFolderBlobStore } from '../../files/folder-blob-store.ts';
import { noScan } from '../../files/scan.ts';
import { createForgetMail } from '../../mail/forget-mail.ts';
import { createMailFolder } from '../../mail/mail-folder.ts';
import { openStore } from '../../store/open-store.ts';
import type { ConversationHead } from '../../store/store.ts';
import { follow, furnish, message, newId, open } from '../../store/test/furnish.ts';
import { createPrivacyKeeper, sweepEveryMs } from '../keeper.ts';

const dayMs = 24 * 3_600_000;
const startAt = 1000 * dayMs;
const foreverMore: SiteSettings['retention'] = { conversations: null, files: null, identities: null };

async function openKeeper(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-keeper-'));
  const store = await openStore({ dataDir });
  const furnished = await furnish(store);
  const { organization, site } = furnished;
  const bus = createInProcessBus({ onListenerError: () => {} });
  const blobs = await openFolderBlobStore(dataDir);
  const files = createFileKeeper({ store, blobs, scan: noScan, nameAt: async (_, name) => name, now: () => startAt });
  const forgetMail = createForgetMail({ store, folder: createMailFolder(dataDir) });
  const complaints: string[] = [];
  const log = { error: (_: unknown, text: string) => complaints.push(text), warn: () => {} };
  const keepers: { stop(): Promise<void> }[] = [];

  function newKeeper(deleteBytes = files.deleteBytes) {
    let running = Promise.resolve();
    const clock = createFakeClock({ startAt, settle: () => running });
    const keeper = createPrivacyKeeper({ store, bus, files: { deleteBytes }, forgetMail, clock, log });
    const wake = () => {
      running = keeper.wake();
      return running;
    };
    keepers.push(keeper);
    return { keeper, clock, wake };
  }

  t.onTestFinished(async () => {
    for (const keeper of keepers) await keeper.stop();
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  return {
    store,
    furnished,
    complaints,
    newKeeper,
    retain: (change: Partial<SiteSettings['retention']>) =>
      store.sites.update(organization, site.id, {
        settings: { ...plainSite, retention: { ...foreverMore, ...change } },
      }),
    /** Ended so many days before the start, with a file. */
    async ended(daysAgo: number): Promise<{ head: ConversationHead; file: FileId }> {
      const at = startAt - daysAgo * dayMs;
      const head = await open(store, furnished, { requestedAt: at });
      const next = follow(head, [message('hello')], { change: { phase: 'ended', endedAt: at, subject: 'C-1' } });
      await store.log.append(next);
      return { head: next.head, file: await addFile(head, at) };
    },
    addFile,
    names: async () =>
      (await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
  };

  async function addFile({ id: conversation }: ConversationHead, createdAt: number): Promise<FileId> {
    const id = `${newId()}${newId()}`.slice(0, 22) as FileId;
    for (const name of [id, thumbnailOf(id)]) await (await draftWithBytes()).keep(name);
    const what = { name: 'a.txt', kind: 'text', type: 'text/plain', bytes: 1, width: null, height: null } as const;
    const whose = { organization, conversation, audience: 'everyone', agent: null } as const;
    await store.files.create({ id, ...whose, ...what, state: 'sent', command: null, createdAt });
    return id;
  }

  async function draftWithBytes() {
    const draft = await blobs.draft();
    await writeFile(draft.path, 'x');
    return draft;
  }
}

describe('7: retention', () => {
  test('G225 a conversation goes with its files once its days are over, and not before', async (t) => {
    const { store, retain, ended, newKeeper, names } = await openKeeper(t);
    const { head, file } = await ended(29);
    await retain({ conversations: 30 });
    const { clock, wake } = newKeeper();
    await wake();
    expect(await store.conversations.find(head.id)).not.toBeNull();
    await clock.advance(dayMs);
    expect(await store.conversations.find(head.id)).not.toBeNull();
    expect(await names()).toContain(file);
    await clock.advance(2 * sweepEveryMs);
    await wake();
    expect(await store.conversations.find(head.id)).toBeNull();
    expect(await names()).toEqual([]);
  });

  test('G225 what is open is never touched, however old it is; nor is another site', async (t) => {
    const { store, furnished, retain, ended, newKeeper } = await openKeeper(t);
    const old = await open(store, furnished, { requestedAt: startAt - 900 * dayMs });
    await retain({ conversations: 1, files: 1, identities: 1 });
    const elsewhere = await furnish(store);
    const theirs = await open(store, elsewhere, { phase: 'ended', endedAt: 1 });
    const gone = await ended(2);
    await newKeeper().wake();
    expect(await store.conversations.find(gone.head.id)).toBeNull();
    expect(await store.conversations.find(old.id)).toEqual(old);
    expect(await store.conversations.find(theirs.id)).toEqual(theirs);
  });

  test('G225 files and who it was may go sooner, and what was said stays', async (t) => {
    const { store, retain, ended, newKeeper, names } = await openKeeper(t);
    const { head, file } = await ended(10);
    await retain({ files: 5, identities: 7 });
    await newKeeper().wake();
    expect(await names()).toEqual([]);
    expect(await store.files.find(file)).toBeNull();
    expect(await store.conversations.find(head.id)).toEqual({ ...head, subject: null });
    expect(await store.log.read(head.id, 0, 10)).toHaveLength(2);
  });

  test('where nothing is to go, nothing goes', async (t) => {
    const { store, ended, newKeeper, names } = await openKeeper(t);
    const { head } = await ended(900);
    await newKeeper().wake();
    expect(await store.conversations.find(head.id)).toEqual(head);
    expect(await names()).toHaveLength(2);
  });
});

describe('7: an erasure', () => {
  test('G224 that was cut off is finished by the next process', async (t) => {
    const { store, furnished, ended, newKeeper, names, complaints } = await openKeeper(t);
    const { head } = await ended(1);
    const { organization, agent } = furnished;
    const record = { person: 'hash', agent: agent.id, agentName: agent.name, requestedAt: startAt, doneAt: null };
    const id = newId() as string as ErasureId;
    const targets = { conversations: [head.id] as ConversationId[], sessions: [head.session] };
    await store.privacy.addErasure({ id, organization, ...record, conversations: 1, files: 1 }, targets);

    const dies = newKeeper(async () => Promise.reject(new Error('the disk is gone')));
    await dies.wake();
    await dies.keeper.stop();
    expect(complaints.length).toBeGreaterThan(0);
    expect(await store.conversations.find(head.id)).toBeNull();
    expect(await names()).toHaveLength(2);

    await newKeeper().wake();
    expect(await names()).toEqual([]);
    expect(await store.sessions.find(head.session)).toBeNull();
    expect(await store.privacy.unfinishedErasures()).toEqual([]);
    expect(await store.audit.page(organization, {}, null, 10)).toMatchObject([{ action: 'privacy.erased' }]);
  });
});
