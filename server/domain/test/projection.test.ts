import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../command.ts';
import type { LogEvent } from '../conversation.ts';
import { type Step, steps } from './arbitrary-step.ts';
import { Play } from './players.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/domain projection: seed ${seed}`);

const canary = 'PRIV-5f0c';

/** The same, with the marker in all that is for agents alone. */
function marked(command: Command): Command {
  if (command.type === 'invite') return { ...command, note: canary };
  if (command.type === 'classify') return { ...command, category: canary, note: canary };
  if (command.type !== 'message' || command.audience !== 'agents') return command;
  const files = (command.files ?? []).map((file) => ({ ...file, name: canary }));
  return { ...command, text: canary, files };
}

/** Kept as plainly as can be: what a visitor is told, by the promise, and in which order. */
function isPublic({ body }: LogEvent): boolean {
  if (body.type === 'message') return body.audience === 'everyone';
  const told = ['requested', 'accepted', 'joined', 'left', 'offered', 'answered', 'withdrawn', 'ended', 'rated'];
  return told.includes(body.type);
}

/** What the store gives a visitor who has heard everything up to this number. */
const heardAfter = (log: readonly LogEvent[], after: number) =>
  log.filter(({ visitorSeq }) => visitorSeq !== null && visitorSeq > after);

function follow(all: readonly Step[]): { readonly log: readonly LogEvent[]; readonly heard: readonly LogEvent[] } {
  const play = new Play();
  const heard: LogEvent[] = [];
  let now = 0;
  for (const { command, by, afterMs, id } of all) {
    now += afterMs;
    play.do(marked(command), by, { now, id });
    heard.push(...heardAfter(play.log, heard.length));
    // After every step: nothing that the visitor counts tells what else was said.
    expect(play.state.visitorSeq).toBe(heard.length);
  }
  return { log: play.log, heard };
}

test('P127 what a visitor hears is what is public, live and resumed from anywhere, over 10,000 random chats', () => {
  let secrets = 0;
  fc.assert(
    fc.property(steps, (all) => {
      const { log, heard } = follow(all);
      expect(heard).toEqual(log.filter(isPublic));
      expect(heard.map(({ visitorSeq }) => visitorSeq)).toEqual(heard.map((_, index) => index + 1));
      for (let after = 0; after <= heard.length; after++) expect(heardAfter(log, after)).toEqual(heard.slice(after));
      if (JSON.stringify(log).includes(canary)) secrets++;
      expect(JSON.stringify(heard)).not.toContain(canary);
    }),
    { numRuns: 10_000, seed },
  );
  expect(secrets, 'most of them have secrets').toBeGreaterThan(3000);
});
