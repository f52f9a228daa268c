import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../store.ts';
import { describeApiKeys } from './api-keys-contract.ts';
import { describeConversations } from './conversations-contract.ts';
import { describeDesk } from './desk-contract.ts';
import { describeFiles } from './files-contract.ts';
import { follow, furnish, message, open } from './furnish.ts';
import { describeLog } from './log-contract.ts';
import { describeOrganizations } from './organizations-contract.ts';
import { describeOutbox } from './outbox-contract.ts';
import { describePrivacy } from './privacy-contract.ts';

import { describeRandomAppends } from './random-appends-contract.ts';
import { describeSearch } from './search-contract.ts';
import { describeSecondFactor } from './second-factor-contract.ts';
import { describeSessions } from './sessions-contract.ts';
import { describeStatistics } from './statistics-contract.ts';
import { describeWebhooks } from './webhooks-contract.ts';
import { describeWording } from './wording-contract.ts';

/** A database of the tests' own. */
export interface Subject {
  open(): Promise<Store>;
  /** SQL past the store, while it is closed. */
  execute(sql: string): Promise<unknown[]>;
  /** The SQL that names all tables. */
  readonly tables: string;
  drop(): Promise<void>;
}

/** The store of a running suite; `reopen` is what a restart of the process does. */
export interface Opened {
  readonly store: Store;
  reopen(): Promise<void>;
  /** The same, with SQL past the store in between. */
  reopenAfter(...statements: readonly string[]): Promise<void>;
}

/** What every implementation of the store must do. */
export function describeStore(name: string, createSubject: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    let store: Store;
    const opened: Opened = {
      get store() {
        return store;
      },
      reopen: () => opened.reopenAfter(),
      async reopenAfter(...statements) {
        await store.close();
        for (const statement of statements) await subject.execute(statement);
        store = await subject.open();
      },
    };

    beforeAll(async () => {
      subject = await createSubject();
      store = await subject.open();
    });
    afterAll(async () => {
      await store?.close();
      await subject?.drop();
    });

    test('is empty at first, answers, and knows when it was set up', async () => {
      await store.ping();
      expect(await store.queues.anyOrganization()).toBe(false);
      await furnish(store);
      expect(await store.queues.anyOrganization()).toBe(true);
    });

    describeLog(opened);
    describeRandomAppends(opened);
    describeConversations(opened);
    describeSessions(opened);
    describeDesk(opened);
    describeSecondFactor(opened);
    describeOrganizations(opened);
    describeWording(opened);
    describeFiles(opened);
    describeStatistics(opened);
    describeSearch(opened);
    describeWebhooks(opened);
    describeApiKeys(opened);
    describePrivacy(opened, async () => {
      await store.close();
      const rows = (await subject.execute(subject.tables)) as { name: string }[];
      store = await subject.open();
      return rows.map(({ name }) => name);
    });
    describeOutbox(opened);

    test('opening again runs no migration twice, and finds everything where it was', async () => {
      const head = await open(store, await furnish(store));
      const next = follow(head, [message('hello')]);
      await store.log.append(next);
      await store.close();
      const before = await subject.execute('select * from kysely_migration');
      store = await subject.open();
      expect(await store.conversations.find(head.id)).toEqual(next.head);
      expect(await store.log.read(head.id, 1, 10)).toEqual(next.events);
      await store.close();
      expect(await subject.execute('select * from kysely_migration')).toEqual(before);
      store = await subject.open();
    });

    test('a database that a newer version wrote is refused, and left as it is', async () => {
      await store.close();
      await subject.execute(`insert into kysely_migration values ('9999-from-the-future', '2999-01-01T00:00:00.000Z')`);
      await expect(subject.open()).rejects.toMatchObject({
        code: 'newer_schema',
        message: expect.stringMatching(/newer version .*9999-from-the-future/),
      });
      await subject.execute(`delete from kysely_migration where name = '9999-from-the-future'`);
      store = await subject.open();
    });
  });
}
