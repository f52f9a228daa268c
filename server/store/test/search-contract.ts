import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConversationId, OrganizationId } from '../../../protocol/ids.ts';
import { factOf } from '../../domain/findable.ts';
import { indexWords, matchesIn, parseQuery } from '../../domain/search-query.ts';
import { wordsOf } from '../../domain/words.ts';
import { type IndexedStep, type SearchQuestion, searchFollower } from '../search-store.ts';
import type { ConversationHead } from '../store.ts';
import { type Furnished, furnish, newId, open } from './furnish.ts';
import { positionOf } from './position-of.ts';
import type { Opened } from './store-contract.ts';

type Change = Partial<Omit<IndexedStep, 'words' | 'marks'>> & {
  readonly text?: string;
  readonly marks?: Partial<IndexedStep['marks']>;
};

const stepOf = (head: ConversationHead, { text = '', marks, ...change }: Change = {}): IndexedStep => ({
  organization: head.organization,
  conversation: head.id,
  from: 0,
  to: 1,
  memory: '',
  requestedAt: head.requestedAt,
  words: new Set(wordsOf(text).map(({ word }) => word)),
  facts: new Set(),
  marks: { queue: head.queue, agents: [], category: null, outcome: 'visitor', ...marks },
  isSettled: true,
  ...change,
});

function questionOf(text: string, change: Partial<SearchQuestion> = {}): SearchQuestion {
  const parsed = parseQuery(text);
  const words = parsed.kind === 'query' ? indexWords(parsed.query) : [];
  return { words, facts: [], queues: null, ...change };
}

export function describeSearch(opened: Opened): void {
  let at = 1_000_000;
  /** A conversation with these words, requested after all others. */
  async function write(furnished: Furnished, text: string, change: Change = {}): Promise<ConversationId> {
    const head = await open(opened.store, furnished, { phase: 'ended', requestedAt: at++ });
    expect(await opened.store.search.record([stepOf(head, { text, ...change })])).toEqual([]);
    return head.id;
  }
  const find = async (of: OrganizationId, text: string, change: Partial<SearchQuestion> = {}, limit = 100) =>
    (await opened.store.search.find(of, questionOf(text, change), null, limit)).map(({ conversation }) => conversation);

  describe('the search index', () => {
    test('finds a chat by all of its words, whether it is settled or goes on, the newest first', async () => {
      const furnished = await furnish(opened.store);
      const { organization } = furnished;
      const first = await write(furnished, 'My lamp is broken');
      const second = await write(furnished, 'The LÁMP shade', { isSettled: false });
      const third = await write(furnished, 'lampje kapot');
      expect(await find(organization, 'lamp')).toEqual([third, second, first]);
      expect(await find(organization, 'lamp bro')).toEqual([first]);
      expect(await find(organization, '"lamp"')).toEqual([second, first]);
      expect(await find(organization, 'amp')).toEqual([]);
      expect(await find(organization, 'lamp', {}, 2)).toEqual([third, second]);
    });

    test('any two texts: what is found is what has the words, in both ways of looking', async () => {
      const furnished = await furnish(opened.store);
      const word = fc.constantFrom('ab', 'abc', 'b', 'Ébc', 'or', 'not', 'near', '東京', '東', "o'r", '=ab', '%_', '"');
      const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
      await fc.assert(
        fc.asyncProperty(text, text, fc.boolean(), async (said, asked, isSettled) => {
          const parsed = parseQuery(asked);
          if (parsed.kind !== 'query') return;
          const id = await write(furnished, said, { isSettled });
          const words = indexWords(parsed.query).map((one) => ({ words: [one.word], isOpen: one.isOpen }));
          const isThere = new Set(matchesIn(words, said).map(({ term }) => term)).size === words.length;
          expect((await find(furnished.organization, asked)).includes(id)).toBe(isThere);
        }),
        { numRuns: 60 },
      );
    });

    test('D183 D184 whatever is typed is no syntax and no error', async () => {
      const { organization } = await furnish(opened.store);
      const hostile = [
        '*',
        'a" OR marks:"x',
        "x' | 'y",
        'words:a',
        'NEAR(a b)',
        '^a',
        '-a',
        'a\\',
        ':*',
        '\u0000a',
        'a&!b',
        '%',
      ];
      for (const text of [...hostile, ...fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), 60)]) {
        const parsed = parseQuery(text);
        if (parsed.kind === 'query') expect(await find(organization, text)).toEqual([]);
      }
    });

    test('T156 finds nothing of another organization', async () => {
      const [ours, theirs] = [await furnish(opened.store), await furnish(opened.store)];
      await write(ours, 'canary');
      await write(ours, 'canary', { isSettled: false });
      expect(await find(theirs.organization, 'canary')).toEqual([]);
      expect(await find(theirs.organization, '')).toEqual([]);
      expect(await find(theirs.organization, 'canary', { queues: [ours.queue] })).toEqual([]);
    });

    test('by queue, agent, category, outcome, time and verified facts, each of which must be so', async () => {
      const furnished = await furnish(opened.store);
      const { organization, queue, agent } = furnished;
      const fact = factOf('email', 'Ada@Example.com');
      const marks = { agents: [agent.id], category: 'Returns & “more”', outcome: 'agent' } as const;
      const plain = await write(furnished, 'lamp');
      const noon = at;
      for (const isSettled of [true, false]) {
        const other = await furnish(opened.store);
        const id = await write(furnished, 'lamp', { isSettled, marks, facts: new Set([fact]) });
        for (const change of [
          { agent: agent.id },
          { category: marks.category },
          { outcome: 'agent' },
          { facts: [factOf('EMAIL', 'ada@example.com')] },
          { from: noon, queues: [other.queue, queue], agent: agent.id, category: marks.category },
        ] as const) {
          expect([change, (await find(organization, 'lamp', change))[0]]).toEqual([change, id]);
          expect(await find(organization, 'lamp', change)).not.toContain(plain);
          expect((await find(organization, '', change))[0]).toBe(id);
        }
        for (const change of [
          { queues: [other.queue] },
          { queues: [] },
          { agent: other.agent.id },
          { category: 'Returns' },
          { outcome: 'open' },
          { facts: [factOf('email', 'eve@example.com')] },
          { facts: [factOf('name', 'Ada@Example.com')] },
          { from: at },
        ] as const)
          expect([change, await find(organization, 'lamp', change)]).toEqual([change, []]);
      }
      expect(await find(organization, 'lamp', { until: noon })).toEqual([plain]);
      expect(await find(organization, 'ada')).toEqual([]);
    });

    test('goes on from a number, each chat once, also where many were requested in one moment', async () => {
      const furnished = await furnish(opened.store);
      const ids: ConversationId[] = [];
      const requestedAt = at++;
      for (let chat = 0; chat < 7; chat++)
        ids.push(await write(furnished, 'again', { requestedAt, isSettled: chat % 2 === 0 }));
      const seen: ConversationId[] = [];
      let before: number | null = null;
      for (;;) {
        const page = await opened.store.search.find(furnished.organization, questionOf('again'), before, 2);
        seen.push(...page.map(({ conversation }) => conversation));
        if (page.length < 2) break;
        before = page.at(-1)?.number ?? null;
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    test('what comes later is added, what it is filed under changes, and it keeps its place', async () => {
      const furnished = await furnish(opened.store);
      const { organization } = furnished;
      const head = await open(opened.store, furnished, { phase: 'ended', requestedAt: at++ });
      const record = (change: Change) => opened.store.search.record([stepOf(head, change)]);
      await record({ text: 'one', isSettled: false, marks: { outcome: 'open' } });
      const newer = await write(furnished, 'one two three');
      await record({ text: 'two', from: 1, to: 2, marks: { category: 'A' } });
      await record({ text: 'three', from: 2, to: 3, marks: { category: 'B' } });
      expect(await find(organization, 'one two three')).toEqual([newer, head.id]);
      expect(await find(organization, 'one', { category: 'B' })).toEqual([head.id]);
      expect(await find(organization, 'one', { category: 'A' })).toEqual([]);
      expect(await find(organization, 'one', { outcome: 'open' })).toEqual([]);
      expect(await record({ text: 'four', from: 2, to: 3 })).toEqual([head.id]);
      expect(await find(organization, 'four')).toEqual([]);
      expect(await positionOf(opened.store, searchFollower, head.id)).toMatchObject({ seq: 3 });
    });

    test('a chat of more words than fit is found by those that came first, and spoils nothing', async () => {
      const furnished = await furnish(opened.store);
      const many = Array.from({ length: 30_000 }, (_, place) => `word${place}`).join(' ');
      const id = await write(furnished, many);
      expect(await find(furnished.organization, 'word19999')).toEqual([id]);
      expect(await find(furnished.organization, 'word29999')).toEqual([]);
    });

    test('G224 what is erased is found no more, and of its words nothing is left in the tables', async () => {
      const furnished = await furnish(opened.store);
      const kept = await write(furnished, 'common word');
      const canary = `canary${newId()
        .toLowerCase()
        .replace(/[^a-z]/g, '')}`;
      const erased: ConversationId[] = [];
      for (const isSettled of [true, false]) erased.push(await write(furnished, `common ${canary}`, { isSettled }));
      expect(await find(furnished.organization, canary)).toHaveLength(2);
      const list = erased.map((id) => `'${id}'`).join(', ');
      await opened.reopenAfter(
        `delete from event where conversation in (${list})`,
        `delete from conversation where id in (${list})`,
      );
      expect(await find(furnished.organization, canary)).toEqual([]);
      expect(await find(furnished.organization, 'common')).toEqual([kept]);
    });
  });
}
