import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventType, OfferContent } from '../../../protocol/entities.ts';
import { audienceOf } from '../audience.ts';
import { absent, type Conversation } from '../conversation.ts';
import { decide } from '../decide.ts';
import { agentsIn, isOverseen, isWith } from '../decision.ts';
import { evolve, fold } from '../evolve.ts';
import { askedOf, invitationOf } from '../invitation-rules.ts';
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
    const { id, oversees = [] } = step;
    play.do(step.command, step.by, { now, id, oversees });
    look(before, play, step, now);
  }
  return play;
}

const holds = (property: (all: readonly Step[]) => void) => fc.assert(fc.property(steps, property), runs);

/** Written down once more, since the list in `audience.ts` is what is tested. */
const agentsOnly: ReadonlySet<EventType> = new Set<EventType>([
  ...(['visited', 'claimed', 'verified', 'unverified', 'presented', 'declined', 'lapsed', 'returned'] as const),
  ...(['invited', 'asked', 'unanswered', 'uninvited', 'classified'] as const),
]);
/** A visitor's commands that are answered; what their page says besides is not. */
const isCommand = (type: EventType) => !['visited', 'claimed', 'verified', 'unverified'].includes(type);

describe('whatever is asked, by whomever, in whatever order', () => {
  test('INV4 a request is waiting, presented, active or ended for good, and with at most one agent', () => {
    const seen = new Set<string>();
    holds((all) => {
      let requested = false;
      playAll(all, (before, { state, log }) => {
        seen.add(state.phase);
        requested ||= state.phase !== 'absent';
        if (requested) expect(['waiting', 'presented', 'active', 'ended']).toContain(state.phase);
        const withAgent = state.phase === 'presented' || state.phase === 'active';
        if (withAgent) expect(typeof state.agent.id).toBe('string');
        if (state.phase === 'waiting') expect(state).not.toHaveProperty('agent');
        // Who leads changes only where the one who did has left, or it was taken from who was asked.
        const hadAgent = before.phase === 'presented' || before.phase === 'active';
        const wasMoved = before.phase === 'presented' && log.at(-2)?.body.type === 'returned';
        const hasLeft =
          wasMoved || (before.phase === 'active' && state.phase === 'active' && !isWith(state, before.agent));
        if (withAgent && hadAgent && !hasLeft) expect(state.agent.id).toBe(before.agent.id);
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

  test('INV3 nothing among agents ever gets a visitor’s number', () => {
    const among = new Set<string>();
    holds((all) => {
      const { log } = playAll(all, () => {});
      for (const { body, visitorSeq } of log) {
        const isPrivate = body.type === 'message' ? body.audience === 'agents' : agentsOnly.has(body.type);
        if (!isPrivate) continue;
        among.add(body.type);
        expect(visitorSeq).toBeNull();
      }
    });
    expect(
      [...agentsOnly].filter((type) => !among.has(type)),
      'random play comes by all of them',
    ).toEqual([]);
  });

  test('what has ended stays as it is; agents who were there may note what it was, and its visitor rate it once', () => {
    let ratings = 0;
    holds((all) => {
      playAll(all, (before, { state, log }) => {
        if (before.phase !== 'ended' || state === before) return;
        const last = log.at(-1);
        if (last?.body.type !== 'rated') {
          expect(last?.body.type).toBe('classified');
          return expect(state).toEqual({ ...before, seq: before.seq + 1 });
        }
        ratings++;
        expect(last.by.kind).toBe('visitor');
        expect(before).toMatchObject({ isRated: false, request: { answeredBy: expect.anything() } });
        const { seq, visitorSeq } = before;
        expect(state).toEqual({ ...before, isRated: true, seq: seq + 1, visitorSeq: visitorSeq + 1 });
      });
    });
    expect(ratings, 'random play comes by ratings').toBeGreaterThan(3);
  });

  test('an agent changes only what is presented to them, with them, asked of them, or in a queue they oversee', () => {
    holds((all) => {
      playAll(all, (before, { state, log }, { by, oversees = [] }, now) => {
        if (by.kind !== 'agent' || state.seq === before.seq) return;
        const isOversight = isOverseen(before, { by, oversees, now, command: null });
        const isPresented = before.phase === 'presented' && before.agent.id === by.agent.id;
        const wasThere =
          before.phase === 'ended' && [before.agent, ...before.guests].some((one) => one?.id === by.agent.id);
        const isAsked = askedOf(before, by.agent) !== null;
        expect(isPresented || wasThere || isAsked || isOversight || isWith(before, by.agent)).toBe(true);
        const done = log.slice(before.seq).map(({ body }) => body.type);
        if (isAsked && !isOversight) expect(['joined', 'unanswered']).toContain(done[0]);
        if (wasThere) expect(done).toEqual(['classified']);
      });
    });
  });

  test('the visitor is never left alone by an agent who leaves, only by one who is lost', () => {
    let hasLeft = false;
    holds((all) => {
      playAll(all, (before, { state, log }) => {
        if (before.phase !== 'active' || state.phase === 'ended') return;
        const left = log.slice(before.seq).flatMap(({ body }) => (body.type === 'left' ? [body] : []));
        hasLeft ||= left.some(({ reason }) => reason === 'left');
        // Who moves a chat to a queue sends the visitor back to wait, and tells them so.
        if (log.at(-1)?.body.type === 'moved' && state !== before) return expect(state.phase).toBe('waiting');
        if (left.every(({ reason }) => reason !== 'lost')) expect(agentsIn(state).length).toBeGreaterThan(0);
        else expect(state.phase).toBe(agentsIn(before).length === 1 ? 'waiting' : 'active');
      });
    });
    expect(hasLeft, 'random play comes by agents who leave').toBe(true);
  });

  test('nobody is twice in a conversation, or asked to join one they are in', () => {
    holds((all) => {
      playAll(all, (_before, { state }) => {
        const ids = agentsIn(state).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const asked = invitationOf(state)?.asked?.agent.id;
        expect(asked && ids.includes(asked)).toBeFalsy();
      });
    });
  });

  test('at most one invitation is open, and it ends once: somebody joins, or nobody does', () => {
    const endings = new Set<string>();
    holds((all) => {
      let isOpen = false;
      let asked = '';
      const { log, state } = playAll(all, () => {});
      for (const { body } of log) {
        const wasOpen = isOpen;
        if (body.type === 'asked') asked = body.agent.id;
        if (body.type === 'unanswered' || body.type === 'uninvited') asked = '';
        // Whoever oversees it may also come unasked.
        const isAnswer = body.type === 'joined' && body.agent.id === asked;
        if (body.type === 'invited') isOpen = true;
        if (isAnswer || body.type === 'uninvited') isOpen = false;
        if (body.type === 'invited') expect(wasOpen).toBe(false);
        if (isAnswer || ['asked', 'unanswered', 'uninvited'].includes(body.type)) expect(wasOpen).toBe(true);
        if (isAnswer) asked = '';
        if (body.type === 'uninvited') endings.add(body.reason);
      }
      expect(isOpen).toBe(invitationOf(state) !== null);
    });
    expect(endings).toEqual(new Set(['declined', 'lapsed', 'returned', 'withdrawn', 'nobody', 'ended']));
  });

  test('an offer is answered or withdrawn at most once, by whom it is for, and only with what was offered', () => {
    let answers = 0;
    holds((all) => {
      const { log } = playAll(all, () => {});
      const open = new Map<string, OfferContent>();
      for (const { body, by } of log) {
        if (body.type === 'offered') open.set(body.offer, body.content);
        if (body.type !== 'answered' && body.type !== 'withdrawn') continue;
        const content = open.get(body.offer);
        expect(by.kind).toBe(body.type === 'answered' ? 'visitor' : 'agent');
        expect(open.delete(body.offer)).toBe(true);
        if (body.type === 'withdrawn' || !content) continue;
        answers++;
        const offered = content.options.map(({ value }) => value);
        expect(body.values.filter((value) => !offered.includes(value))).toEqual([]);
        expect(new Set(body.values).size).toBe(body.values.length);
        const isNone = body.values.length === 0 && content.optional;
        if (!isNone) expect(body.values.length).toBeGreaterThanOrEqual(content.least);
        expect(body.values.length).toBeLessThanOrEqual(content.most);
      }
    });
    expect(answers, 'random play comes by answers').toBeGreaterThan(10);
  });

  test('what a visitor’s command did is found at a number of theirs', () => {
    holds((all) => {
      const { log } = playAll(all, () => {});
      const outcomes = log.filter(({ by, command, body }) => by.kind === 'visitor' && command && isCommand(body.type));
      expect(outcomes.filter(({ visitorSeq }) => visitorSeq === null)).toEqual([]);
    });
  });

  test('a visitor neither routes a request nor speaks among agents', () => {
    holds((all) => {
      const { log } = playAll(all, () => {});
      const theirs = log.filter(({ by }) => by.kind === 'visitor').map(({ body }) => body);
      const own = ['requested', 'message', 'answered', 'uninvited', 'ended', 'rated'];
      own.push('visited', 'claimed', 'verified', 'unverified');
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
