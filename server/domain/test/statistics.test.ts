import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../../protocol/entities.ts';
import type { QueueId } from '../../../protocol/ids.ts';
import type { LogEvent } from '../conversation.ts';
import { type Counted, countEvents, isCounted, type Standing } from '../statistics.ts';
import { mergeTallies, type Tally, type TallyKind } from '../tally.ts';
import { type Step, steps } from './arbitrary-step.ts';
import { anna, bram, byAgent, bySystem, byVisitor, Play } from './players.ts';

const sales = { id: 'sales' as QueueId, name: 'Sales' };
const page = { url: 'https://shop.example/', title: 'Shop' };
const requested: EventBody = { type: 'requested', queue: sales, page, locale: 'en' };
const presented = (agent = anna): EventBody => ({ type: 'presented', agent, until: 0 });
const ended = (reason: 'visitor' | 'abandoned' | 'message' = 'visitor'): EventBody => ({ type: 'ended', reason });
const rated = (score: number, comment?: string): EventBody => ({ type: 'rated', score, ...(comment && { comment }) });

type Entry = readonly [second: number, body: EventBody, by?: LogEvent['by']];

/** A log of these, each at its second. */
const logOf = (entries: readonly Entry[]): LogEvent[] =>
  entries.map(([second, body, by = bySystem], index) => ({
    seq: index + 1,
    visitorSeq: null,
    at: second * 1000,
    by,
    command: null,
    body,
  }));
/** A day of a thousand seconds, so that a short story has several. */
const dayOf = (at: number) => `day ${Math.floor(at / 1_000_000)}`;
const count = (...entries: readonly Entry[]) => countEvents(logOf(entries), null, dayOf);
const lines = ({ tallies }: Counted) =>
  tallies.map(({ day, agent, kind, value, count, total }) =>
    [day, agent || '–', kind, value, `${count}×`, total && `= ${total}`].filter(Boolean).join(' '),
  );

describe('what is counted of a conversation', () => {
  test('a chat: offered, accepted after a wait, so long', () => {
    expect(
      lines(count([0, requested], [5, presented()], [12, { type: 'accepted', agent: anna }], [112, ended()])),
    ).toEqual([
      'day 0 – requests 1×',
      'day 0 anna accepted 1×',
      'day 0 anna duration 1× = 100000',
      'day 0 anna offered 1×',
      'day 0 anna wait 12 1× = 12000',
    ]);
  });

  test('who declined, missed it, or could not answer; the wait is from the request on', () => {
    const story = count(
      [0, requested],
      [0, presented()],
      [10, { type: 'declined', agent: anna }],
      [10, presented(bram)],
      [40, { type: 'lapsed', agent: bram }],
      [40, presented()],
      [50, { type: 'returned', agent: anna }],
      [50, presented(bram)],
      [60, { type: 'accepted', agent: bram }],
    );
    expect(lines(story)).toEqual([
      'day 0 – requests 1×',
      'day 0 anna declined 1×',
      'day 0 anna offered 2×',
      'day 0 anna withdrawn 1×',
      'day 0 bram accepted 1×',
      'day 0 bram missed 1×',
      'day 0 bram offered 2×',
      'day 0 bram wait 60 1× = 60000',
    ]);
  });

  test('who left before somebody was there has abandoned it, and it is no agent’s fault', () => {
    expect(lines(count([0, requested], [1, presented()], [9, ended('abandoned')]))).toEqual([
      'day 0 – abandoned 1×',
      'day 0 – requests 1×',
      'day 0 anna offered 1×',
      'day 0 anna withdrawn 1×',
    ]);
    expect(lines(count([0, requested], [0, ended('message')]))).toEqual(['day 0 – messages 1×', 'day 0 – requests 1×']);
  });

  test('whose agent is lost waits again, from then on; with a guest it goes on as theirs', () => {
    const lost: EventBody = { type: 'left', agent: anna, reason: 'lost' };
    const chat: readonly Entry[] = [
      [0, requested],
      [1, presented()],
      [2, { type: 'accepted', agent: anna }],
    ];
    expect(lines(count(...chat, [10, lost], [15, presented(bram)], [40, { type: 'accepted', agent: bram }]))).toEqual(
      expect.arrayContaining(['day 0 anna duration 1× = 8000', 'day 0 bram wait 30 1× = 30000']),
    );
    const guest = count(...chat, [5, { type: 'joined', agent: bram }], [10, lost], [22, ended()], [30, rated(2)]);
    expect(lines(guest)).toEqual(
      expect.arrayContaining(['day 0 bram duration 1× = 20000', 'day 0 bram rating 2 1× = 2']),
    );
  });

  test('whose chat is moved waits anew, in the queue it is moved to; who was just asked did not get to answer', () => {
    const support = { id: 'support' as QueueId, name: 'Support' };
    const story = count(
      [0, requested],
      [0, presented()],
      [10, { type: 'accepted', agent: anna }],
      [70, { type: 'moved', queue: support }, byAgent(bram)],
      [70, presented(bram)],
      [75, { type: 'moved', queue: sales }, byAgent(bram)],
      [80, ended()],
    );
    expect(lines(story)).toEqual([
      'day 0 – abandoned 1×',
      'day 0 – requests 1×',
      'day 0 anna accepted 1×',
      'day 0 anna duration 1× = 60000',
      'day 0 anna offered 1×',
      'day 0 anna wait 10 1× = 10000',
      'day 0 bram offered 1×',
      'day 0 bram withdrawn 1×',
    ]);
    expect(story.tallies.filter(({ queue }) => queue === 'support').map(({ kind }) => kind)).toEqual([
      'offered',
      'withdrawn',
    ]);
  });

  test('each on its own day', () => {
    expect(
      lines(count([990, requested], [999, presented()], [1005, { type: 'accepted', agent: anna }], [2001, ended()])),
    ).toEqual([
      'day 0 – requests 1×',
      'day 0 anna offered 1×',
      'day 1 anna accepted 1×',
      'day 1 anna wait 15 1× = 15000',
      'day 2 anna duration 1× = 996000',
    ]);
  });

  test('a category and a score count as they were said last, on the day on which they were', () => {
    const chat: readonly Entry[] = [
      [0, requested],
      [1, presented()],
      [2, { type: 'accepted', agent: anna }],
      [3, { type: 'classified', category: 'Returns' }, byAgent(anna)],
      [900, ended()],
      [901, rated(1, 'Too slow'), byVisitor],
    ];
    const before = count(...chat);
    expect(lines(before)).toEqual(
      expect.arrayContaining(['day 0 anna category Returns 1×', 'day 0 anna rating 1 1× = 1']),
    );
    expect(before.comments).toEqual([{ seq: 6, day: 'day 0', at: 901_000, queue: 'sales', agent: 'anna', score: 1 }]);
    const after = count(
      ...chat,
      [1100, { type: 'classified', category: 'Delivery', note: 'x' }, byAgent(anna)],
      [1200, { type: 'classified', note: 'only a note' }, byAgent(anna)],
      [1300, rated(5), byVisitor],
    );
    expect(lines(after).filter((line) => /category|rating/.test(line))).toEqual([
      'day 1 anna category Delivery 1×',
      'day 1 anna rating 5 1× = 5',
    ]);
  });

  test('nothing that is kept in between has a word of what was said', () => {
    const text = 'my number is 4111 1111 1111 1111';
    const { standing } = count(
      [0, { ...requested, page: { url: `https://shop.example/?q=${text}`, title: text } } as EventBody],
      [1, { type: 'message', text, audience: 'everyone' }],
      [2, rated(1, text)],
    );
    expect(JSON.stringify(standing)).not.toMatch(/4111|shop\.example/);
  });
});

describe('however a conversation goes', () => {
  const seed = Date.now() & 0x7fffffff;
  console.info(`server/domain statistics: seed ${seed}`);
  const runs = { numRuns: 500, seed };

  function logFrom(all: readonly Step[]): LogEvent[] {
    const play = new Play();
    let now = 0;
    for (const { command, by, afterMs, id } of all) {
      now += afterMs;
      play.do(command, by, { now, id });
    }
    return play.log;
  }
  /** With categories and scores strewn in, which the rules of a chat do not make at random. */
  const logs = fc
    .tuple(steps.map(logFrom), fc.array(fc.record({ at: fc.nat(60), score: fc.nat(9) })))
    .map(([log, extras]) => {
      const all = [...log];
      for (const { at, score } of extras) {
        const body: EventBody = score < 5 ? rated(score + 1) : { type: 'classified', category: `category ${score}` };
        const place = at % (all.length + 1);
        all.splice(place, 0, { ...(all[place - 1] as LogEvent), at: all[place - 1]?.at ?? 0, by: byAgent(anna), body });
      }
      return all.map((event, index) => ({ ...event, seq: index + 1 }));
    });

  test('counted piece by piece, from what was kept in between, it comes to the same', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.integer({ min: 1, max: 9 })), (log, sizes) => {
        const parts: Tally[] = [];
        let kept = 'null';
        for (let from = 0, part = 0; from < log.length; part++) {
          const piece = log.slice(from, from + (sizes[part] ?? 3));
          from += piece.length;
          const { standing, tallies } = countEvents(piece, JSON.parse(kept) as Standing | null, dayOf);
          kept = JSON.stringify(standing);
          parts.push(...tallies);
        }
        expect(mergeTallies(parts)).toEqual(countEvents(log, null, dayOf).tallies);
      }),
      runs,
    );
  });

  test('every offer has one outcome, and every wait an end', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const { tallies, standing } = countEvents(log, null, () => 'today');
        const sum = (...kinds: TallyKind[]) =>
          tallies.filter(({ kind }) => kinds.includes(kind)).reduce((all, { count }) => all + count, 0);
        const events = (type: string) => log.filter(({ body }) => body.type === type).length;
        const stands = Number(standing?.phase === 'presented');
        const waits = Number(standing?.phase === 'presented' || standing?.phase === 'waiting');
        const isOpen = Number(standing?.phase === 'active');
        expect(sum('offered')).toBe(events('presented'));
        expect(sum('accepted')).toBe(events('accepted'));
        expect(sum('wait')).toBe(sum('accepted'));
        expect(sum('offered')).toBe(sum('accepted', 'declined', 'missed', 'withdrawn') + stands);
        expect(sum('duration') + isOpen).toBe(sum('accepted'));
        expect(sum('accepted', 'abandoned', 'messages') + waits).toBeGreaterThanOrEqual(sum('requests'));
        expect(sum('category')).toBeLessThanOrEqual(1);
        expect(sum('rating')).toBeLessThanOrEqual(1);
        expect(tallies.every(({ count, total }) => count > 0 && total >= 0)).toBe(true);
      }),
      runs,
    );
  });

  test('what concerns nobody who counts changes nothing', () => {
    fc.assert(
      fc.property(logs, (log) => {
        expect(countEvents(log.filter(isCounted), null, dayOf)).toEqual(countEvents(log, null, dayOf));
      }),
      runs,
    );
  });
});
