import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebhookId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { eventTypes } from '../../../protocol/webhooks.ts';
import type { Command } from '../command.ts';
import { retryDelayMs } from '../retry-delay.ts';
import {
  kindsFor,
  liveSecrets,
  nextTry,
  noTrouble,
  rotated,
  seqFor,
  tells,
  verdictOf,
  type Webhook,
} from '../webhook.ts';
import { steps } from './arbitrary-step.ts';
import { Play } from './players.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/domain webhook: seed ${seed}`);

const canary = 'PRIV-8ad1';
const webhook: Webhook = {
  id: 'hook' as WebhookId,
  organization: 'org' as Webhook['organization'],
  name: 'CRM',
  url: 'https://crm.example/hook',
  kinds: [],
  audience: 'everyone',
  createdAt: 0,
  state: 'on',
  since: 0,
  failingSince: null,
  secrets: [{ secret: 'whsec_new', until: null }],
};

/** The same, with the marker in all that is for agents alone. */
function marked(command: Command): Command {
  if (command.type === 'invite') return { ...command, note: canary };
  if (command.type === 'classify') return { ...command, category: canary, note: canary };
  if (command.type !== 'message' || command.audience !== 'agents') return command;
  return { ...command, text: canary };
}

test('P127 what a webhook for everyone is told has no private line in it, and no gap in its numbers', () => {
  let secrets = 0;
  fc.assert(
    fc.property(steps, (all) => {
      const play = new Play();
      let now = 0;
      for (const { command, by, afterMs, id } of all) {
        now += afterMs;
        play.do(marked(command), by, { now, id });
      }
      const told = play.log.filter((event) => tells(webhook, event));
      expect(JSON.stringify(told.map(({ body }) => body))).not.toContain(canary);
      expect(told.map((event) => seqFor('everyone', event))).toEqual(told.map((_, index) => index + 1));
      const colleagues = play.log.filter((event) => tells({ ...webhook, audience: 'agents' }, event));
      expect(colleagues).toEqual(play.log);
      if (JSON.stringify(colleagues).includes(canary)) secrets++;
    }),
    { numRuns: 2000, seed },
  );
  expect(secrets, 'many have secrets').toBeGreaterThan(300);
});

test('8: what can be chosen is what there can be something of to tell', () => {
  expect(kindsFor('agents')).toEqual(eventTypes);
  expect(kindsFor('everyone')).toContain('message');
  expect(kindsFor('everyone')).not.toContain('verified');
  expect(kindsFor('everyone')).not.toContain('classified');
});

test('8: it is told the kinds that it names, of what happened while it was on', () => {
  fc.assert(
    fc.property(steps, fc.subarray([...eventTypes], { minLength: 1 }), fc.nat(1000), (all, kinds, since) => {
      const play = new Play();
      let now = 0;
      for (const { command, by, afterMs, id } of all) {
        now += afterMs;
        play.do(command, by, { now, id });
      }
      const chosen: Webhook = { ...webhook, audience: 'agents', kinds, since };
      for (const event of play.log) {
        expect(tells(chosen, event)).toBe(kinds.includes(event.body.type) && event.at >= since);
        for (const state of ['off', 'failing', 'gone'] as const) expect(tells({ ...chosen, state }, event)).toBe(false);
      }
    }),
    { numRuns: 300, seed },
  );
});

test('E173 a try follows every failure, later each time and never a day after the first, and then none', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }), (chances) => {
      let now = 1000;
      let trouble = noTrouble;
      const waits: number[] = [];
      for (const chance of chances) {
        const next = nextTry(trouble, now, chance);
        if (next.kind === 'give_up') break;
        waits.push(next.at - now);
        trouble = { failures: trouble.failures + 1, since: trouble.since ?? now };
        now = next.at;
      }
      expect(now - 1000).toBe(limits.deliveryGiveUpMs);
      expect(nextTry(trouble, now, 0)).toEqual({ kind: 'give_up' });
      expect(waits[0]).toBeLessThanOrEqual(5000);
      expect(Math.max(...waits)).toBeLessThanOrEqual(3_600_000);
      // But for the last, which is cut to the day.
      for (const [index, wait] of waits.slice(0, -1).entries())
        expect(wait).toBeGreaterThanOrEqual(Math.min(waits[index - 1] ?? 0, 3_600_000 * 0.8));
      expect(waits.length).toBeGreaterThan(20);
    }),
    { seed },
  );
});

test('E173 the wait doubles up to an hour, and is up to a fifth shorter by chance', () => {
  expect([1, 2, 3, 10, 11, 50].map((failures) => retryDelayMs(failures, 0))).toEqual([
    5000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000,
  ]);
  expect(retryDelayMs(1, 1)).toBe(4000);
});

test('E174 two secrets sign during a rotation, one before and after it', () => {
  const secrets = rotated(webhook, 'whsec_newer', 1000);
  expect(liveSecrets({ secrets }, 1000)).toEqual(['whsec_newer', 'whsec_new']);
  expect(liveSecrets({ secrets }, 1000 + limits.webhookSecretOverlapMs)).toEqual(['whsec_newer']);
  expect(liveSecrets({ secrets: rotated({ secrets }, 'whsec_newest', 2000) }, 2000)).toEqual([
    'whsec_newest',
    'whsec_newer',
  ]);
});

test('E173 an answer that is not a success is a failure, a redirect too, and 410 is for good', () => {
  const verdicts = [200, 204, 299, 300, 302, 307, 404, 410, 429, 500, 0, null].map(verdictOf);
  expect(verdicts.slice(0, 3)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(verdicts[7]).toBe('gone');
  expect(new Set(verdicts.filter((_, index) => index > 2 && index !== 7))).toEqual(new Set(['failed']));
});
