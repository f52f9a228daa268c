import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAgent } from './agent.ts';
import { type AgentSeat, seedDesk } from './seed-desk.ts';
import { startServer } from './server-process.ts';
import { perAgent, type Subject } from './subject.ts';
import { openVisitor } from './visitor.ts';

/** Balie itself, as an operator runs it: one process, SQLite on disk, every message committed before it is acknowledged. */
export function balieSubject(port: number): Subject {
  const origin = `http://127.0.0.1:${port}`;
  const closers: (() => void)[] = [];
  let dataDir = '';
  let site = '';
  let seats: AgentSeat[] = [];

  return {
    name: 'Balie (durable)',
    async start() {
      dataDir = await mkdtemp(join(tmpdir(), 'balie-bench-'));
      ({ site, seats } = await seedDesk({ dataDir, origin, agents: 40, room: perAgent }));
      return startServer('../server/main.ts', port, { BALIE_DATA_DIR: dataDir, BALIE_LOG_LEVEL: 'warn' });
    },
    async open(_server, count, onArrival) {
      for (const seat of seats.slice(0, Math.ceil(count / perAgent))) {
        const agent = await openAgent({ origin, seat, onText: onArrival });
        closers.push(agent.close);
      }
      const visitors = [];
      for (let index = 0; index < count; index++) {
        const visitor = await openVisitor({ origin, site, index });
        closers.push(visitor.close);
        await visitor.request();
        visitors.push(visitor);
      }
      await Promise.all(visitors.map((visitor) => visitor.accepted));
      return visitors.map((visitor) => ({ send: visitor.message }));
    },
    async idle(_server, count) {
      for (let index = 0; index < count; index++) closers.push((await openVisitor({ origin, site, index })).close);
    },
    async close() {
      for (const close of closers) close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
