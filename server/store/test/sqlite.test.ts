import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../open-store.ts';
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
