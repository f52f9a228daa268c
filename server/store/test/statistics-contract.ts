import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../../protocol/entities.ts';
import type { AgentId, ConversationId, OrganizationId, QueueId } from '../../../protocol/ids.ts';
import { createDayOf } from '../../domain/calendar-day.ts';
import type { LogEvent } from '../../domain/conversation.ts';
import { countEvents, type Standing } from '../../domain/statistics.ts';
import { mergeTallies, type Tally } from '../../domain/tally.ts';
import {
  type CountedStep,
  type CountedSum,
  type CountedWait,
  type StatisticsGroup,
  statisticsFollower,
} from '../statistics-store.ts';
import type { ConversationHead, Store } from '../store.ts';
import { type Furnished, follow, furnish, message, newId, open } from './furnish.ts';
import { positionOf } from './position-of.ts';
import type { Opened } from './store-contract.ts';

const dayOf = createDayOf('UTC');
const dayMs = 24 * 3_600_000;
const groups: readonly StatisticsGroup[] = ['day', 'queue', 'agent'];
const always = { from: '1970-01-01', to: '1970-12-31', queues: null };

/** What a follower hands in that has read so many events more. */
async function nextStep(store: Store, { id, organization }: ConversationHead, limit = 100): Promise<CountedStep> {
  const { seq: from, memory } = await positionOf(store, statisticsFollower, id);
  const events = await store.log.read(id, from, limit);
  const before = memory === '' ? null : (JSON.parse(memory) as Standing);
  const { standing, tallies, comments } = countEvents(events, before, dayOf);
  const to = from + events.length;
  return { organization, conversation: id, from, to, memory: JSON.stringify(standing), tallies, comments };
}

async function write(store: Store, furnished: Furnished, entries: readonly (readonly [EventBody, at: number])[]) {
  // Its phase does not matter here, and a session has but one that has not ended.
  let head = await open(store, furnished, { phase: 'ended' });
  for (const [body, at] of entries) {
    const next = follow(head, [body], { at });
    await store.log.append(next);
    head = next.head;
  }
  return head;
}

const rated = (score: number, comment: string): EventBody => ({ type: 'rated', score, comment });

/** Some of everything that is counted; nothing here asks whether it could have come about. */
function bodiesWith(agents: readonly AgentId[]): fc.Arbitrary<EventBody> {
  const agent = fc.constantFrom(...agents).map((id) => ({ id, name: 'A' }));
  const until = fc.constant(0);
  return fc.oneof(
    fc.record({ type: fc.constant('presented' as const), agent, until }),
    fc.record({ type: fc.constantFrom('accepted' as const, 'declined' as const, 'lapsed' as const), agent }),
    fc.record({ type: fc.constant('left' as const), agent, reason: fc.constant('lost' as const) }),
    fc.constantFrom('Returns', 'Zoë’s 😀').map((category): EventBody => ({ type: 'classified', category })),
    fc.integer({ min: 1, max: 5 }).map((score) => rated(score, 'so so')),
    fc.constant(message('hello')),
    fc.constant<EventBody>({ type: 'ended', reason: 'visitor' }),
  );
}

const inOrder = (sums: readonly CountedSum[]) =>
  sums
    .map(({ key, kind, value, count, total }) => ({ key, kind, value, count, total }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The sums of what was counted, added up as plainly as can be. */
const sumsOf = (tallies: readonly Tally[], group: StatisticsGroup): CountedSum[] =>
  mergeTallies(tallies.map((one) => ({ ...one, day: one[group], queue: '' as QueueId, agent: '' as const }))).map(
    ({ day: key, kind, value, count, total }) => ({ key, kind, value, count, total }),
  );

const waitsInOrder = (waits: readonly CountedWait[]) =>
  waits
    .map(({ key, queue, kind, value, count }) => ({ key, queue, kind, value, count }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const waitsOf = (tallies: readonly Tally[], group: StatisticsGroup): CountedWait[] =>
  mergeTallies(tallies.map((one) => ({ ...one, day: one[group], agent: '' as const })))
    .filter(({ kind }) => kind === 'wait' || kind === 'abandoned')
    .map(({ day: key, queue, kind, value, count }) => ({ key, queue, kind, value, count }));

export function describeStatistics(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const furnished = await furnish(store);
    const { agent, organization } = furnished;
    const ref = { id: agent.id, name: agent.name };
    const chat = (at: number): (readonly [EventBody, number])[] => [
      [{ type: 'presented', agent: ref, until: 0 }, at],
      [{ type: 'accepted', agent: ref }, at + 4000],
      [{ type: 'ended', reason: 'visitor' }, at + 64_000],
      [rated(4, 'nice'), at + 70_000],
    ];
    return { store, furnished, organization, chat };
  };
  const all = (organization: OrganizationId, store = opened.store) =>
    Promise.all(groups.map(async (group) => inOrder(await store.statistics.sums(organization, group, always))));
  const count = async (head: ConversationHead, store = opened.store) =>
    store.statistics.record([await nextStep(store, head)]);

  describe('statistics', () => {
    test('logs at random, counted piece by piece by two who are in each other’s way, give what their events give', async () => {
      const { store, furnished, organization } = await start();
      const agents = [furnished.agent.id, newId<'agent'>() as AgentId];
      const entries = fc.array(fc.tuple(bodiesWith(agents), fc.nat(3 * dayMs)), { maxLength: 12 });
      const logs: LogEvent[][] = [];

      async function countTogether(heads: readonly ConversationHead[], limit: number): Promise<boolean> {
        const read = await Promise.all(heads.map((head) => nextStep(store, head, limit)));
        const steps = read.filter(({ from, to }) => to > from);
        const lost = await Promise.all([store.statistics.record(steps), store.statistics.record(steps.toReversed())]);
        // Each is one's or the other's.
        expect(lost.flat().sort()).toEqual(steps.map(({ conversation }) => conversation).sort());
        return steps.length > 0;
      }

      await fc.assert(
        fc.asyncProperty(fc.array(entries, { maxLength: 4 }), fc.integer({ min: 1, max: 5 }), async (plan, limit) => {
          const heads = await Promise.all(plan.map((one) => write(store, furnished, one)));
          while (await countTogether(heads, limit));
          for (const { id } of heads) logs.push(await store.log.read(id, 0, 100));
        }),
        { numRuns: 15 },
      );

      const counted = logs.map((log) => countEvents(log, null, dayOf));
      const tallies = counted.flatMap((one) => one.tallies);
      expect(tallies.length).toBeGreaterThan(10);
      expect(await all(organization)).toEqual(groups.map((group) => inOrder(sumsOf(tallies, group))));
      for (const group of groups) {
        const waits = await store.statistics.waits(organization, group, always);
        expect(waitsInOrder(waits)).toEqual(waitsInOrder(waitsOf(tallies, group)));
      }
      const comments = await store.statistics.comments(organization, always, null, 10_000);
      expect(comments).toHaveLength(counted.flatMap((one) => one.comments).length);
    });

    test('what was counted before is not counted again, and says whose it was', async () => {
      const { store, furnished, organization, chat } = await start();
      const head = await write(store, furnished, chat(0));
      const step = await nextStep(store, head);
      expect(await store.statistics.record([step])).toEqual([]);
      const once = await all(organization);
      expect(await store.statistics.record([step])).toEqual([head.id]);
      expect(await store.statistics.record([{ ...step, from: 2 }])).toEqual([head.id]);
      expect(await all(organization)).toEqual(once);
      expect(await positionOf(store, statisticsFollower, head.id)).toEqual({ seq: 5, memory: step.memory });
      expect(await positionOf(store, 'another', head.id)).toEqual({ seq: 0, memory: '' });
    });

    test('sums and position are written together or not at all', async () => {
      const { store, furnished, organization, chat } = await start();
      const [good, bad] = [await write(store, furnished, chat(0)), await write(store, furnished, chat(0))];
      const steps = await Promise.all([good, bad].map((head) => nextStep(store, head)));
      const [, { comments }] = steps as [CountedStep, CountedStep];
      const broken = steps.map((step, place) => ({ ...step, comments: place === 1 ? [...comments, ...comments] : [] }));
      await expect(store.statistics.record(broken)).rejects.toThrow();
      expect(await all(organization)).toEqual([[], [], []]);
      for (const { id } of [good, bad])
        expect(await positionOf(store, statisticsFollower, id)).toEqual({ seq: 0, memory: '' });
      expect(await store.statistics.record(steps)).toEqual([]);
      expect((await all(organization))[0]).toContainEqual({
        key: '1970-01-01',
        kind: 'accepted',
        value: '',
        count: 2,
        total: 0,
      });
    });

    test('are of the days, queues and the agent asked for, and of no other organization', async () => {
      const { store, furnished, organization, chat } = await start();
      const other = await furnish(store);
      for (const day of [0, 1, 2]) await count(await write(store, furnished, chat(day * dayMs)));
      const requests = async (change: object, of = organization) =>
        (await store.statistics.sums(of, 'day', { ...always, ...change }))
          .filter(({ kind }) => kind === 'accepted')
          .map(({ key }) => key)
          .sort();
      const days = ['1970-01-01', '1970-01-02', '1970-01-03'];
      expect(await requests({})).toEqual(days);
      expect(await requests({ from: '1970-01-02', to: '1970-01-02' })).toEqual(['1970-01-02']);
      expect(await requests({ queues: [furnished.queue, other.queue] })).toEqual(days);
      expect(await requests({ queues: [other.queue] })).toEqual([]);
      expect(await requests({ queues: [] })).toEqual([]);
      expect(await requests({ agent: furnished.agent.id })).toEqual(days);
      expect(await requests({ agent: other.agent.id })).toEqual([]);
      expect(await requests({}, other.organization)).toEqual([]);
    });

    test('comments come a page at a time, the newest first, and of nobody else', async () => {
      const { store, furnished, organization, chat } = await start();
      const other = await furnish(store);
      for (const day of [0, 1, 1]) await count(await write(store, furnished, chat(day * dayMs)));
      const page = (before: Parameters<typeof store.statistics.comments>[2], limit: number, change: object = {}) =>
        store.statistics.comments(organization, { ...always, ...change }, before, limit);
      const [first, second, third] = await page(null, 10);
      expect([first?.at, second?.at, third?.at]).toEqual([dayMs + 70_000, dayMs + 70_000, 70_000]);
      expect(third).toMatchObject({ seq: 5, queue: furnished.queue, agent: furnished.agent.id, score: 4 });
      expect(await page(null, 1)).toEqual([first]);
      expect(await page(first ?? null, 10)).toEqual([second, third]);
      expect(await page(null, 10, { queues: [other.queue] })).toEqual([]);
      expect(await page(null, 10, { agent: other.agent.id })).toEqual([]);
      expect(await page(null, 10, { to: '1970-01-01' })).toEqual([third]);
      expect(await store.statistics.comments(other.organization, always, null, 10)).toEqual([]);
    });

    test('stay when a conversation is erased; what said where its comment stood goes', async () => {
      const { furnished, organization, chat } = await start();
      const head = await write(opened.store, furnished, chat(0));
      await count(head);
      const before = await all(organization);
      await opened.reopenAfter(
        `delete from event where conversation = '${head.id}'`,
        `delete from conversation where id = '${head.id}'`,
      );
      expect(await all(organization)).toEqual(before);
      expect(before[0]).not.toEqual([]);
      expect(await opened.store.statistics.comments(organization, always, null, 10)).toEqual([]);
      expect(await positionOf(opened.store, statisticsFollower, head.id)).toEqual({ seq: 0, memory: '' });
    });

    test('counted anew from the logs they come to the same', async () => {
      const { furnished, organization, chat } = await start();
      const heads = [];
      for (const day of [0, 1]) heads.push(await write(opened.store, furnished, chat(day * dayMs)));
      for (const head of heads) await count(head);
      const before = await all(organization);
      await opened.reopenAfter(
        `delete from statistic where organization = '${organization}'`,
        `delete from rating_comment where organization = '${organization}'`,
        ...heads.map(({ id }) => `delete from follower where conversation = '${id}'`),
      );
      expect(await all(organization)).toEqual([[], [], []]);
      for (const head of heads) await count(head);
      expect(await all(organization)).toEqual(before);
    });

    test('who is behind is found after a start, a page at a time, by each follower for itself', async () => {
      const { furnished, chat } = await start();
      const heads = [];
      for (let round = 0; round < 3; round++) heads.push(await write(opened.store, furnished, chat(0)));
      const [done, ...others] = heads.map(({ id }) => id).sort();
      await count(heads.find(({ id }) => id === done) as ConversationHead);
      await opened.reopen();
      const found: ConversationId[] = [];
      for (let more = true; more; ) {
        const page = await opened.store.followers.behind(statisticsFollower, found.at(-1) ?? null, 2);
        found.push(...page);
        more = page.length === 2;
      }
      expect(found).toEqual([...new Set(found)].sort());
      expect(found).toEqual(expect.arrayContaining(others));
      expect(found).not.toContain(done);
      expect(await opened.store.followers.behind('another', null, 10_000)).toContain(done);
    });

    test('the days of an organization are counted in the time zone it chose', async () => {
      const { store, organization } = await start();
      expect(await store.queues.organization(organization)).toMatchObject({ timeZone: null });
      await store.queues.setTimeZone(organization, 'Europe/Amsterdam');
      expect(await store.queues.organization(organization)).toMatchObject({ timeZone: 'Europe/Amsterdam' });
    });
  });
}
