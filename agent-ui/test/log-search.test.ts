import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatLogEntry, ChatLogPage } from '../../protocol/chat-log.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { ChatLog } from '../state/chat-log.ts';
import {
  everything,
  filtersIn,
  type LogSearch,
  logAddress,
  logQuery,
  outcomes,
  parseLogAddress,
} from '../state/log-search.ts';
import type { Answer } from '../state/rest.ts';

const day = fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const days = fc.oneof(
  fc.constant(''),
  day.map((date) => date.toISOString().slice(0, 10)),
);
const search: fc.Arbitrary<LogSearch> = fc.record({
  text: fc.string(),
  queue: fc.string(),
  agent: fc.string(),
  category: fc.string({ unit: 'grapheme' }),
  outcome: fc.constantFrom('' as const, ...outcomes),
  from: days,
  until: days,
  variable: fc.string(),
  value: fc.string(),
});

describe('the address of a search', () => {
  it('leads back to the search, whatever stands in its fields', () => {
    fc.assert(
      fc.property(search, fc.constantFrom(null, 'chat-1_A' as ConversationId), (wanted, chat) => {
        expect(parseLogAddress(logAddress({ search: wanted, chat }))).toEqual({ search: wanted, chat });
      }),
    );
  });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        const { search: read } = parseLogAddress(`#/log?${hash}`);
        expect(Object.keys(read)).toEqual(Object.keys(everything));
      }),
    );
    expect(parseLogAddress('#/log?outcome=x&from=tomorrow&until=2026-13-99x&chat=../x')).toEqual({
      search: everything,
      chat: null,
    });
  });

  it('of nothing is that of the page', () => {
    expect(logAddress({ search: everything, chat: null })).toBe('#/log');
  });
});

describe('what the server is asked', () => {
  it('is both days from their beginning to their end, and a variable only with its value', () => {
    const query = logQuery({ ...everything, from: '2026-03-28', until: '2026-03-28', variable: 'name' });
    expect([...query.keys()]).toEqual(['from', 'until']);
    expect(Number(query.get('from'))).toBe(new Date(2026, 2, 28).getTime());
    expect(Number(query.get('until'))).toBe(new Date(2026, 2, 29).getTime());
    expect(logQuery({ ...everything, variable: 'name', value: 'Ada' }).toString()).toBe('variable=name&value=Ada');
    expect(logQuery({ ...everything, text: '  ' }).size).toBe(0);
  });

  it('counts filters without the words', () => {
    expect(filtersIn({ ...everything, text: 'a', queue: 'q', variable: 'v', value: 'w' })).toBe(2);
  });
});

describe('the chat log', () => {
  const page = (names: readonly string[], next: string | null): ChatLogPage => ({
    conversations: names.map((conversation) => ({ conversation }) as ChatLogEntry),
    next,
    searchedTo: next ? 1 : null,
    isIndexing: false,
  });
  function open(answers: Readonly<Record<string, unknown>>) {
    const asked: string[] = [];
    const log = new ChatLog({
      read: async <Value>(path: string): Promise<Answer<Value>> => {
        asked.push(path);
        return path in answers
          ? { ok: true, value: answers[path] as Value }
          : { ok: false, problem: { code: 'not_found', message: '' } };
      },
    });
    return { log, asked, names: () => log.store.get().entries.map(({ conversation }) => conversation) };
  }
  const lamp = { search: { ...everything, text: 'lamp' }, chat: null };

  it('goes on by itself while nothing was found yet, and on request afterwards', async () => {
    const { log, names } = open({
      '/chat-log?text=lamp': page([], '9'),
      '/chat-log?text=lamp&before=9': page(['a'], '5'),
      '/chat-log?text=lamp&before=5': page(['b'], null),
    });
    await log.follow(lamp);
    expect(names()).toEqual(['a']);
    expect(log.store.get().progress).toBe('more');
    await log.more();
    expect(names()).toEqual(['a', 'b']);
    expect(log.store.get().progress).toBe('done');
  });

  it('asks anew only for another search, and forgets what the one before found', async () => {
    const { log, asked, names } = open({
      '/chat-log?text=lamp': page(['a'], null),
      '/chat-log?': page(['x'], null),
      '/conversations/a/events?after=0': { events: [], next: null },
    });
    await log.follow(lamp);
    await log.follow({ ...lamp, chat: 'a' as ConversationId });
    await log.follow(lamp);
    expect(asked).toEqual(['/chat-log?text=lamp', '/conversations/a/events?after=0']);
    expect(log.store.get().reading).toBeNull();
    await log.follow({ search: everything, chat: null });
    expect(names()).toEqual(['x']);
  });

  it('says what can’t be searched for, and reads a chat that a link led to', async () => {
    const { log } = open({
      '/chat-log/z': { conversation: 'z', hit: null },
      '/conversations/z/events?after=0': { events: [], next: null },
    });
    await log.follow({ ...lamp, chat: 'z' as ConversationId });
    expect(log.store.get()).toMatchObject({
      progress: 'failed',
      problem: { code: 'not_found' },
      reading: { entry: { conversation: 'z' }, progress: 'done' },
    });
  });
});
