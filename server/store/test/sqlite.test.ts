import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../open-store.ts';
import { follow, furnish, message, newId, open, whisper } from './furnish.ts';
import { describeStore } from './store-contract.ts';

describeStore('the store on SQLite', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-store-'));
  return {
    open: () => openStore({ dataDir }),
    async execute(sql) {
      const database = new DatabaseSync(join(dataDir, 'balie.db'));
      const rows = database.prepare(sql).all();
      database.close();
      return rows;
    },
    tables: `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`,
    drop: () => rm(dataDir, { recursive: true }),
  };
});

test('a database of the version before is brought up to date with every event in its place', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-store-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const before = await openStore({ dataDir });
  const furnished = await furnish(before);
  const command = newId<'command'>();
  const logs = [];
  for (const begun of [await open(before, furnished), await open(before, furnished)]) {
    const next = follow(begun, [message('said'), whisper('among us'), message('said again')], { command });
    await before.log.append(next);
    logs.push({ head: next.head, all: await before.log.read(begun.id, 0, 100) });
  }
  await before.close();
  toFirstTables(join(dataDir, 'balie.db'));

  const after = await openStore({ dataDir });
  onTestFinished(() => after.close());
  for (const { head, all } of logs) {
    expect(await after.log.read(head.id, 0, 100)).toEqual(all);
    expect(await after.log.readVisible(head.id, 1, 100)).toEqual(all.filter(({ visitorSeq }) => (visitorSeq ?? 0) > 1));
    expect(await after.log.findCommand(head.id, command)).toEqual(all.find((event) => event.command === command));
    const again = follow(head, [message('once more')], { command });
    expect(await after.log.append(again)).toMatchObject({ kind: 'duplicate' });
  }
});

/** As 0001 made the table of events, before 0011. */
function toFirstTables(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    create table first_event (
      organization text not null, conversation text not null, seq bigint not null, visitor_seq bigint,
      command_id text, at bigint not null, actor text not null, body text not null,
      primary key (conversation, seq));
    insert into first_event select organization, conversation, seq, visitor_seq, command_id, at, actor, body from event;
    drop table event;
    alter table first_event rename to event;
    create unique index event_visitor_seq on event (conversation, visitor_seq) where visitor_seq is not null;
    create unique index event_command on event (conversation, command_id) where command_id is not null;
    delete from kysely_migration where name = '0011-clustered-events'`);
  database.close();
}
