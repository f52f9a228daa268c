import { openStore } from '../open-store.ts';
import { createTestDatabase } from './postgres-server.ts';
import { describeStore } from './store-contract.ts';

describeStore('the store on PostgreSQL', async () => {
  const database = await createTestDatabase();
  const tables = `select tablename as name from pg_tables where schemaname = 'public'`;
  return { ...database, tables, open: () => openStore({ url: database.url, dataDir: '' }) };
});
