import type { Command } from '../domain/command.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { DutyRoster } from './duty.ts';
import type { Execute } from './execute.ts';
import type { Log } from './log.ts';
import type { Router } from './router.ts';
import { systemOrder } from './system-order.ts';
import type { Work } from './work.ts';

interface WatchOptions {
  readonly store: Pick<Store, 'agents' | 'conversations'>;
  readonly clock: Clock;
  readonly work: Work;
  readonly log: Log;
  readonly execute: Execute;
  readonly duty: Pick<DutyRoster, 'giveUpOn'>;
  readonly router: Pick<Router, 'sweep'>;
  readonly pollMs: number;
  readonly agentGraceMs: number;
  readonly abandonMs: number;
}

/** What is taken up in one look; the rest is there at the next. */
const manyAtOnce = 200;
/** Routing is told what changes; looking for what it was not told need not be done at every look. */
const looksPerSweep = 8;
/** Where the store fails, it is asked less and less often, until this. */
const slowestPollMs = 5000;

/**
 * The clock on the desk's wall. Whatever has a time stands in the store, so that a restart forgets nothing; this looks
 * there again and again for what is due. Every node watches: who acts first wins, the others find it done.
 */
export function createWatch(options: WatchOptions): { start(): void } {
  const { clock, work, log, router, pollMs } = options;
  let looks = 0;
  let failures = 0;

  async function look(): Promise<void> {
    try {
      await lapse(options);
      await giveUp(options);
      await abandon(options);
      if (looks++ % looksPerSweep === 0) await router.sweep();
      failures = 0;
    } catch (error) {
      failures++;
      log.error({ err: error, failures }, 'the watch could not look at the clock');
    }
  }

  function start(): void {
    const delayMs = Math.min(pollMs * 2 ** failures, slowestPollMs);
    clock.after(delayMs, () =>
      work.aside('the watch', async () => {
        await look();
        start();
      }),
    );
  }

  return { start };
}

async function lapse({ store, clock, execute, log }: WatchOptions): Promise<void> {
  for (const head of await store.conversations.due(clock.now(), manyAtOnce)) {
    const { id } = head;
    const agent = head.phase === 'presented' ? head.agent : head.asked;
    const lostAt = agent && (await store.agents.duty(agent)).lostAt;
    // Who was not there to answer has not let it run out.
    const command: Command =
      agent === null || lostAt === null ? { type: 'lapse' } : { type: 'return', agent: { id: agent, name: '' } };
    await seeTo(log, 'a request whose time is up', () => execute(id, systemOrder(command)));
  }
}

async function giveUp({ store, clock, duty, log, agentGraceMs }: WatchOptions): Promise<void> {
  const before = clock.now() - agentGraceMs;
  for (const { agent } of await store.agents.lostSince(before))
    await seeTo(log, 'an agent who did not come back', () => duty.giveUpOn(agent, before));
}

async function abandon({ store, clock, execute, log, abandonMs }: WatchOptions): Promise<void> {
  for (const { id } of await store.conversations.abandoned(clock.now() - abandonMs, manyAtOnce))
    await seeTo(log, 'a visitor who did not come back', () => execute(id, systemOrder({ type: 'abandon' })));
}

/** One that fails keeps none of the others waiting. */
async function seeTo(log: Log, what: string, task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch (error) {
    log.error({ err: error, what }, 'the watch could not see to something');
  }
}
