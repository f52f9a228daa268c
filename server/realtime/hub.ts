import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../../protocol/limits.ts';
import type { Connection } from './connection.ts';

/** Every open socket of this process: finds the dead with one timer for all, and sends them home before a stop. */
export interface Hub {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  readonly draining: boolean;
  /** Tells every client when to come back, spread over a while, and closes. Resolves when all are closed or time is up. */
  drain(): Promise<void>;
}

/** A server that restarts is back after about this long; so many clients a second can then be welcomed. */
const backAfterMs = 1000;
const welcomesPerSecond = 500;
/** Closed at a time, so that commands of the others go on in between. */
const batch = 250;
const batchMs = 50;
const closeWithinMs = 5000;

export function createHub(now: () => number): Hub {
  const connections = new Set<Connection>();
  const emptied = Promise.withResolvers<void>();
  let draining = false;

  const sweep = setInterval(() => {
    const deadBefore = now() - limits.deadAfterMs;
    for (const connection of connections) {
      if (connection.heardAt < deadBefore) connection.terminate();
      else if (connection.goodUntil <= now()) connection.end('sign_in_expected', 'Sign in again.');
      else connection.ping();
    }
  }, limits.pingIntervalMs);
  sweep.unref();

  const retire = (connection: Connection) => connection.retire('restarting', 'The server restarts; nothing is lost.');

  async function retireAll(): Promise<void> {
    const all = [...connections];
    for (const [index, connection] of all.entries()) {
      const reconnectAfterMs = backAfterMs + Math.round((1000 * index) / welcomesPerSecond);
      connection.send({ type: 'draining', reconnectAfterMs });
    }
    for (let from = 0; from < all.length; from += batch) {
      for (const connection of all.slice(from, from + batch)) retire(connection);
      await sleep(batchMs);
    }
  }

  return {
    add(connection) {
      connections.add(connection);
      if (draining) retire(connection);
    },
    remove(connection) {
      connections.delete(connection);
      if (draining && connections.size === 0) emptied.resolve();
    },
    get draining() {
      return draining;
    },
    async drain() {
      draining = true;
      clearInterval(sweep);
      if (connections.size === 0) return;
      const time = new AbortController();
      await Promise.race([
        retireAll().then(() => emptied.promise),
        sleep(closeWithinMs + (connections.size / batch) * batchMs, null, { signal: time.signal }),
      ]);
      time.abort();
      for (const connection of connections) connection.terminate();
    },
  };
}
