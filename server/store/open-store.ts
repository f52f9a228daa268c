import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { createAgents } from './agents.ts';
import { createApiKeys } from './api-keys.ts';
import { createAudit } from './audit.ts';
import { createConversations } from './conversations.ts';
import type { Database } from './database.ts';
import { createDeliveries } from './deliveries.ts';
import { createFiles } from './files.ts';
import { createFollowers } from './followers.ts';
import { createInstalls } from './installs.ts';
import { createLog } from './log.ts';
import { createOrganizations } from './organizations.ts';
import { createOutbox } from './outbox.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { createPresets } from './presets.ts';
import { createPrivacy } from './privacy.ts';
import { createQueues } from './queues.ts';
import { createSavedOffers } from './saved-offers.ts';
import type { Schema } from './schema.ts';
import { createSearch } from './search.ts';
import { createSessions } from './sessions.ts';
import { createSites } from './sites.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import { createStaffLinks } from './staff-links.ts';
import { createStaffSessions } from './staff-sessions.ts';
import { createStatistics } from './statistics.ts';
import type { Store } from './store.ts';
import { createWebhooks } from './webhooks.ts';

export interface StoreOptions {
  /** Of a PostgreSQL database; without it, SQLite keeps everything in the data folder. */
  readonly url?: string | undefined;
  readonly dataDir: string;
  /** What went wrong in the background and mends itself: a connection that was lost while idle. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Opens the store and brings its tables up to date; rejects with a `StoreError` that says what to do. */
export async function openStore({ url, dataDir, onError = () => {} }: StoreOptions): Promise<Store> {
  const database = url ? await openPostgresDatabase(url, onError) : await openSqliteDatabase(join(dataDir, 'balie.db'));
  return createStore(database);
}

function createStore(database: Database): Store {
  const { db } = database;
  const log = createLog(db, database.log);
  return {
    log,
    conversations: createConversations(database),
    sessions: createSessions(database),
    sites: createSites(db),
    agents: createAgents(db),
    organizations: createOrganizations(db),
    queues: createQueues(db),
    staffSessions: createStaffSessions(db),
    staffLinks: createStaffLinks(db),
    presets: createPresets(db),
    savedOffers: createSavedOffers(db),
    files: createFiles(db),
    audit: createAudit(db),
    installs: createInstalls(db),
    followers: createFollowers(db),
    statistics: createStatistics(db),
    search: createSearch(db, database.search),
    privacy: createPrivacy(database),
    webhooks: createWebhooks(db),
    deliveries: createDeliveries(db),
    apiKeys: createApiKeys(db),
    outbox: createOutbox(db),
    ping: () => ping(db),
    async close() {
      await log.close();
      await database.close();
    },
  };
}

async function ping(db: Kysely<Schema>): Promise<void> {
  await sql`select 1`.execute(db);
}
