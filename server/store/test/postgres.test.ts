import { openStore } from '../open-store.ts';
import { createTestDatabase } from './postgres-server.ts';
import { describeStore } from './store-contract.ts';

describeStore('the store on PostgreSQL', async () => {
  const database = await createTestDatabase();
  return { ...database, open: () => openStore({ url: database.url, dataDir: '' }) };
});
