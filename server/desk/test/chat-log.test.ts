import { expect, type TestContext, test } from 'vitest';
import type { ConversationId, QueueId } from '../../../protocol/ids.ts';
import { createInProcessBus } from '../../bus/in-process-bus.ts';
import { type ParsedQuery, parseQuery } from '../../domain/search-query.ts';
import type { Agent } from '../../store/store.ts';
import { positionOf } from '../../store/test/position-of.ts';
import { createChatLog } from '../chat-log.ts';
import { createSearchIndexer } from '../index-chats.ts';
import { createFakeClock } from './fake-clock.ts';
import { support, supportOnly } from './furnish.ts';
import { openDesk } from './open-desk.ts';

const query = (text: string) => (parseQuery(text) as Extract<ParsedQuery, { kind: 'query' }>).query;

async function open(t: TestContext) {
  const desk = await openDesk(t);
  const { store } = desk;
  const anna = await desk.agent('anna');
  /** Begun after what is there already was said, as at the first start with a newer version. */
  async function index(bus = createInProcessBus({ onListenerError: () => {} })) {
    const clock = createFakeClock({ settle: async () => {} });
    const indexer = createSearchIndexer({ store, bus, clock, log: { error: () => {}, warn: () => {} } });
    t.onTestFinished(() => indexer.stop());
    indexer.start();
    await indexer.caughtUp();
    return indexer;
  }
  const chatLog = createChatLog({ store, indexer: { isCatchingUp: () => true, caughtUp: async () => {} } });
  const overseer = (change: Partial<Agent>): Agent => ({ ...anna.agent, role: 'supervisor', profiles: [], ...change });
  const admin = overseer({ role: 'admin' });

  return {
    ...desk,
    anna,
    index,
    chatLog,
    admin,
    overseer,
    async chat(...texts: string[]): Promise<ConversationId> {
      const ada = await desk.visitor();
      const id = await ada.request();
      await anna.accept(id);
      for (const text of texts) await anna.say(id, text);
      await ada.end();
      return id;
    },
    /** Of each page, in turn. */
    async pages(text: string, agent = admin) {
      const pages: ConversationId[][] = [];
      for (let before: string | null | undefined; before !== null; ) {
        const { chats, next } = await chatLog.page(agent, { query: query(text) }, before ?? null);
        pages.push(chats.map(({ head }) => head.id));
        before = next;
      }
      return pages;
    },
  };
}

test('what was said before the index was there is found after the first start, each chat once', async (t) => {
  const { chat, index, pages } = await open(t);
  const ids: ConversationId[] = [];
  for (let count = 0; count < 53; count++) ids.unshift(await chat('red lamp', `number ${count}`));
  await index();
  const found = await pages('red');
  expect(found.map(({ length }) => length)).toEqual([50, 3]);
  expect(found.flat().toSorted()).toEqual(ids.toSorted());
  expect(await pages('"number 7"')).toEqual([[ids[45]]]);
});

test('what was said a moment ago is found, though the index takes up a chat that goes on only now and then', async (t) => {
  const { chat, index, admin, store } = await open(t);
  const bus = createInProcessBus({ onListenerError: () => {} });
  const chatLog = createChatLog({ store, indexer: await index(bus) });
  const id = await chat('a red lamp');
  bus.publish('log', { kind: 'events', conversation: id, events: await store.log.read(id, 0, 100) });
  const { chats } = await chatLog.page(admin, { query: query('lamp') }, null);
  expect(chats.map(({ head }) => head.id)).toEqual([id]);
});

test('words that stand side by side are found in the text, and a page that looked at enough says where it stopped', async (t) => {
  const { chat, index, pages } = await open(t);
  const first = await chat('the red lamp');
  for (let count = 0; count < 20; count++) await chat('a lamp, red');
  await index();
  expect((await pages('"red lamp"')).flat()).toEqual([first]);
  expect((await pages('red lamp')).flat()).toHaveLength(21);
});

test('P129 a chat that went to another queue after it was indexed is who oversees that one’s, and nobody else’s', async (t) => {
  const { chat, index, pages, overseer, store, chatLog } = await open(t);
  const id = await chat('canary');
  await index();
  const theirs = overseer({ profiles: [supportOnly] });
  expect(await pages('canary', theirs)).toEqual([[id]]);
  const find = store.conversations.findOf;
  store.conversations.findOf = async (organization, conversation) => {
    const head = await find(organization, conversation);
    return head && { ...head, queue: 'sales' as QueueId };
  };
  expect((await pages('canary', theirs)).flat()).toEqual([]);
  store.conversations.findOf = find;
  expect(await pages('canary', overseer({ role: 'agent', profiles: [supportOnly] }))).toEqual([[]]);
  expect((await chatLog.page(theirs, { queue: support }, null)).chats).toHaveLength(1);
});

test('G224 an erased chat is found no more, and leaves no place where it stood', async (t) => {
  const { chat, index, pages, store } = await open(t);
  const [kept, erased] = [await chat('canary'), await chat('canary')];
  await index();
  expect((await pages('canary')).flat()).toHaveLength(2);
  await store.log.erase([erased]);
  expect(await pages('canary')).toEqual([[kept]]);
  expect(await positionOf(store, 'search', erased)).toEqual({ seq: 0, memory: '' });
});

test('a long chat is found wherever in it the words are', async (t) => {
  const { store, anna, visitor, index, pages, clock } = await open(t);
  const ada = await visitor();
  const id = await ada.request();
  await anna.accept(id);
  for (let count = 0; count < 520; count++) {
    if (count % 20 === 0) await clock.advance(10_000);
    await anna.say(id, count === 350 ? 'middle needle' : `line ${count}`);
  }
  await index();
  expect((await store.conversations.find(id))?.seq).toBeGreaterThan(500);
  for (const text of ['needle', '"middle needle"', 'needle line']) expect(await pages(text)).toEqual([[id]]);
});
