/**
 * What a search in a chat log of a million messages costs, over HTTP as the console asks it, on both stores; beside it the
 * floor, one chat read by its id over the same way, and what the same database takes to look through the texts without an
 * index. `npm run bench:chat-log [sqlite] [postgres]`; fails where a search takes longer than 200 ms.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { chats, fillChatLog, messagesEach } from './fill-chat-log.ts';
import { startServer } from './server-process.ts';
import { vocabulary } from './vocabulary.ts';

const aimMs = 200;
const repeats = 15;
const port = 18_084;
const origin = `http://127.0.0.1:${port}`;
const administrator = process.env.BALIE_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const like = `select count(*) from event where body like '%${vocabulary[30_000]}%'`;

interface Database {
  readonly name: string;
  readonly env: Record<string, string>;
  readonly where: Parameters<typeof fillChatLog>[0];
  /** While no server has it open. */
  execute(sql: string): Promise<void>;
  drop(): Promise<void>;
}

async function createSqlite(): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-bench-'));
  return {
    name: 'SQLite',
    env: { BALIE_DATA_DIR: dataDir },
    where: { dataDir },
    async execute(sql) {
      const database = new DatabaseSync(join(dataDir, 'balie.db'));
      database.prepare(sql).all();
      database.close();
    },
    drop: () => rm(dataDir, { recursive: true }),
  };
}

async function createPostgres(): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-bench-'));
  const name = `balie_bench_${randomBytes(6).toString('hex')}`;
  const url = new URL(administrator);
  await run(administrator, `create database ${name}`);
  url.pathname = `/${name}`;
  return {
    name: 'PostgreSQL',
    env: { BALIE_DATA_DIR: dataDir, BALIE_DATABASE_URL: url.href },
    where: { dataDir, url: url.href },
    execute: (sql) => run(url.href, sql),
    async drop() {
      await run(administrator, `drop database ${name} with (force)`);
      await rm(dataDir, { recursive: true });
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** The word of this rank, and what is asked of it. */
const word = (rank: number) => vocabulary[rank] ?? '';
const searches: readonly (readonly [string, Record<string, string>])[] = [
  ['the newest chats', {}],
  ['the most common word', { text: `"${word(0)}"` }],
  ['a beginning of two letters', { text: word(1).padEnd(2, word(0)).slice(0, 2) }],
  ['six common words', { text: [0, 1, 2, 3, 4, 5].map((rank) => `"${word(rank)}"`).join(' ') }],
  ['a word of every hundredth chat', { text: `"${word(1200)}"` }],
  ['a rare word', { text: word(50_000) }],
  ['one visitor’s name', { text: 'visitor77777' }],
  ['a common word and a rare one', { text: `"${word(0)}" ${word(50_000)}` }],
  ['two common words side by side', { text: `"${word(0)} ${word(1)}"` }],
  ['two rarer words side by side', { text: `"${word(300)} ${word(301)}"` }],
  ['a common word in one queue, of one agent', { text: `"${word(0)}"`, queue: 'queue-3', agent: 'agent-7' }],
  ['a queue and an outcome that never was', { queue: 'queue-3', outcome: 'abandoned' }],
  ['a common word and one that nobody said', { text: `"${word(0)}" qqqqqq` }],
  ['half way down a common word', { text: `"${word(0)}"`, before: '' }],
];

async function measure(path: string, cookie: string) {
  const times: number[] = [];
  for (let round = 0; round < repeats; round++) {
    const start = performance.now();
    const answer = await fetch(origin + path, { headers: { cookie } });
    const body = (await answer.json()) as { conversations?: object[] };
    times.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(body)}`);
    if (round === repeats - 1) return { found: body.conversations?.length, ...summaryOf(times) };
    // No faster than the limit on requests of one address.
    await sleep(100);
  }
  throw new Error('unreachable');
}

function summaryOf(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 };
}

async function measureStore(database: Database): Promise<boolean> {
  const { name, env, where, execute } = database;
  process.stderr.write(`${name}: ${chats * messagesEach} messages …\n`);
  const { cookie, begin } = await fillChatLog(where);
  await execute('select 1');
  const scanStart = performance.now();
  await execute(like);
  const scanMs = performance.now() - scanStart;

  const startedAt = performance.now();
  const server = await startServer('../server/main.ts', port, { ...env, BALIE_LOG_LEVEL: 'warn' });
  const longest = await untilIndexed(cookie);
  const indexedS = (performance.now() - startedAt) / 1000;

  const rows = [];
  for (const [what, query] of [['floor: one chat by its id', null] as const, ...searches]) {
    const middle = String((begin + (chats / 2) * 60_000) * 1024);
    const asked = query && new URLSearchParams({ ...query, ...(query.before === '' && { before: middle }) });
    const path = asked ? `/api/chat-log?${asked}` : '/api/conversations/chat-5000/events';
    rows.push({ what, ...(await measure(path, cookie)) });
  }
  await server.stop();
  console.log(
    `\n${name}: indexed at the first start in ${indexedS.toFixed(0)} s; meanwhile a request waited ${longest.toFixed(0)} ms at most.`,
  );
  console.log(`Without an index, looking through the texts for one word takes ${scanMs.toFixed(0)} ms.`);
  console.table(
    rows.map(({ median, worst, ...row }) => ({ ...row, 'median ms': median.toFixed(1), 'worst ms': worst.toFixed(1) })),
  );
  return rows.every(({ median }) => median < aimMs);
}

/** Resolves with how long the slowest of its questions took. */
async function untilIndexed(cookie: string): Promise<number> {
  let longest = 0;
  for (;;) {
    const start = performance.now();
    const answer = await fetch(`${origin}/api/chat-log`, { headers: { cookie } });
    const { isIndexing } = (await answer.json()) as { isIndexing: boolean };
    longest = Math.max(longest, performance.now() - start);
    if (!isIndexing) return longest;
    await sleep(500);
  }
}

const wanted = process.argv.slice(2);
const makers = { sqlite: createSqlite, postgres: createPostgres };
for (const [name, create] of Object.entries(makers)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const database = await create();
  try {
    if (!(await measureStore(database))) process.exitCode = 1;
  } finally {
    await database.drop();
  }
}
if (process.exitCode) console.log(`A search took longer than ${aimMs} ms in the median.`);
