import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { audienceOf } from '../audience.ts';
import { absent, type Conversation } from '../conversation.ts';
import { decide } from '../decide.ts';
import { evolve, fold } from '../evolve.ts';
import { type Step, steps } from './arbitrary-step.ts';
import { Play } from './players.ts';

const seed = Date.now() & 0x7fffffff;
const runs = { numRuns: 2000, seed };
console.info(`server/domain invariants: seed ${seed}`);

/** Plays all steps; calls `look` with the state before and after each one. */
function playAll(all: readonly Step[], look: (before: Conversation, play: Play, step: Step, now: number) => void) {
  const play = new Play();
  let now = 0;
  for (const step of all) {
    now += step.afterMs;
    const before = play.state;
    play.do(step.command, step.by, { now });
    look(before, play, step, now);
  }
  return play;
}

const holds = (property: (all: readonly Step[]) => void) => fc.assert(fc.property(steps, property), runs);

describe('whatever is asked, by whomever, in whatever order', () => {
  test('INV4 a request is waiting, presented, active or ended for good, and with at most one agent', () => {
    const seen = new Set<string>();
    holds((all) => {
      let requested = false;
      playAll(all, (before, { state }) => {
        seen.add(state.phase);
        requested ||= state.phase !== 'absent';
        if (requested) expect(['waiting', 'presented', 'active', 'ended']).toContain(state.phase);
        const withAgent = state.phase === 'presented' || state.phase === 'active';
        if (withAgent) expect(typeof state.agent.id).toBe('string');
        if (state.phase === 'waiting') expect(state).not.toHaveProperty('agent');
        const hadAgent = before.phase === 'presented' || before.phase === 'active';
        if (withAgent && hadAgent) expect(state.agent.id).toBe(before.agent.id);
      });
    });
    expect(seen, 'random play reaches every phase').toEqual(
      new Set(['absent', 'waiting', 'presented', 'active', 'ended']),
    );
  });

  test('INV2 the log is numbered without a gap', () => {
    holds((all) => {
      const { log, state } = playAll(all, () => {});
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
      expect(state.seq).toBe(log.length);
    });
  });

  test('INV3 the visitor’s numbers go without a gap over exactly what everyone may see', () => {
    holds((all) => {
      const { log, state } = playAll(all, () => {});
      const visible = log.filter(({ body }) => audienceOf(body) === 'everyone');
      expect(log.filter(({ visitorSeq }) => visitorSeq !== null)).toEqual(visible);
      expect(visible.map(({ visitorSeq }) => visitorSeq)).toEqual(visible.map((_, index) => index + 1));
      expect(state.visitorSeq).toBe(visible.length);
    });
  });

  test('INV3 a message among agents never gets a visitor’s number', () => {
    holds((all) => {
      const { log } = playAll(all, () => {});
      const among = log.filter(({ body }) => body.type === 'message' && body.audience === 'agents');
      expect(among.every(({ visitorSeq }) => visitorSeq === null)).toBe(true);
    });
  });

  test('what has ended stays as it is', () => {
    holds((all) => {
      playAll(all, (before, { state }) => {
        if (before.phase === 'ended') expect(state).toBe(before);
      });
    });
  });

  test('an agent changes only what is presented to them or with them', () => {
    holds((all) => {
      playAll(all, (before, { state }, { by }) => {
        if (by.kind !== 'agent' || state.seq === before.seq) return;
        expect(['presented', 'active']).toContain(before.phase);
        if (before.phase === 'presented' || before.phase === 'active') expect(before.agent.id).toBe(by.agent.id);
      });
    });
  });

  test('a visitor neither routes a request nor speaks among agents', () => {
    holds((all) => {
      const { log } = playAll(all, () => {});
      const theirs = log.filter(({ by }) => by.kind === 'visitor').map(({ body }) => body);
      const own = ['requested', 'message', 'ended', 'visited', 'claimed', 'verified', 'unverified'];
      expect(theirs.every(({ type }) => own.includes(type))).toBe(true);
      expect(theirs.every((body) => body.type !== 'message' || body.audience === 'everyone')).toBe(true);
    });
  });

  test('nobody accepts a request after its time', () => {
    holds((all) => {
      playAll(all, (before, { state }, _step, now) => {
        if (before.phase === 'presented' && state.phase === 'active') expect(now).toBeLessThan(before.until);
      });
    });
  });

  test('a conversation never passes from one verified person to another', () => {
    holds((all) => {
      playAll(all, (before, { state }) => {
        if (before.phase === 'absent' || state.phase === 'absent' || before.request.subject === null) return;
        expect(state.request.subject).toBe(before.request.subject);
      });
    });
  });

  test('the same command on the same state is always decided the same way', () => {
    holds((all) => {
      playAll(all, (before, _play, { command, by }, now) => {
        const context = { by, now, command: null };
        expect(decide(structuredClone(before), structuredClone(command), context)).toEqual(
          decide(before, command, context),
        );
      });
    });
  });

  test('folding the log gives the state, at once or in two parts', () => {
    holds((all) => {
      const { log, state } = playAll(all, () => {});
      expect(fold(log)).toEqual(state);
      const middle = log.length >> 1;
      expect(fold(log.slice(middle), fold(log.slice(0, middle)))).toEqual(state);
    });
  });

  test('folding is total over any events in any order, and a log survives being kept as JSON', () => {
    holds((all) => {
      const { log, state } = playAll(all, () => {});
      expect(fold(JSON.parse(JSON.stringify(log)))).toEqual(state);
      for (const event of log.toReversed()) expect(evolve(absent, event).seq).toBe(event.seq);
    });
  });
});
