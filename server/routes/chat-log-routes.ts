import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ChatLogChoices, ChatLogEntry, ChatLogPage, ChatLogQuery } from '../../protocol/chat-log.ts';
import { HttpError } from '../../protocol/http.ts';
import { ConversationId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import { isSearch, type LoggedChat } from '../desk/chat-log.ts';
import { isOverseen, overseenQueues } from '../desk/oversight.ts';
import { isNameVerifiedAt, summarize } from '../domain/chat-summary.ts';
import type { Agent } from '../store/store.ts';
import { filterOf, recordOf } from './chat-log-filter.ts';
import { HttpProblem } from './http-errors.ts';
import { createNames, type Names } from './names.ts';
import { readerOf, staffOf } from './staff.ts';

/** The chats of an organization, for who oversees them; `GET /conversations/{id}/events` is what was said in one. */
export const chatLogRoutes =
  ({ store, chatLog, readings, now }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/chat-log',
      {
        config: { access: 'supervisor' },
        schema: {
          summary: 'Conversations, the newest first: all, or those with what is searched for',
          querystring: ChatLogQuery,
          response: { 200: ChatLogPage, '4xx': HttpError },
        },
      },
      async (request) => {
        const { before, ...asked } = request.query;
        const filter = filterOf(asked);
        if (before !== undefined && before.includes('.') === isSearch(filter))
          throw new HttpProblem('invalid_field', 'Pass on what `next` of the same search was.', { field: 'before' });
        const { chats, next, searchedTo } = await chatLog.page(staffOf(request).agent, filter, before ?? null);
        // A search shows pieces of chats, so it is a reading of them.
        if (isSearch(filter))
          await readings.other(readerOf(request), 'chat-log.search', JSON.stringify(asked), recordOf(asked));
        const names = createNames(store);
        const conversations = await Promise.all(chats.map((chat) => entryOf(chat, names, now())));
        return { conversations, next, searchedTo, isIndexing: chatLog.isIndexing() };
      },
    );

    app.get(
      '/chat-log/:id',
      {
        config: { access: 'supervisor' },
        schema: {
          summary: 'One conversation, as the list has it',
          params: Type.Object({ id: ConversationId }, { additionalProperties: false }),
          response: { 200: ChatLogEntry, '4xx': HttpError },
        },
      },
      async (request) => {
        const chat = await chatLog.find(staffOf(request).agent, request.params.id);
        if (!chat) {
          readings.refused(readerOf(request), request.params.id);
          throw new HttpProblem('not_found', 'There is no such conversation.');
        }
        await readings.conversation(readerOf(request), chat.head);
        return entryOf(chat, createNames(store), now());
      },
    );

    app.get(
      '/chat-log/choices',
      {
        config: { access: 'supervisor' },
        schema: {
          summary: 'What the chat log can be filtered by',
          response: { 200: ChatLogChoices, '4xx': HttpError },
        },
      },
      (request) => choicesFor(staffOf(request).agent, store),
    );
  };

async function choicesFor(agent: Agent, store: Pick<Context['store'], 'queues' | 'agents' | 'statistics'>) {
  const { organization } = agent;
  const overseen = await overseenQueues(agent, store);
  const [queues, people, sums] = await Promise.all([
    store.queues.listOf(organization),
    store.agents.peopleOf(organization),
    // Whatever was ever chosen, also what can't be any more.
    store.statistics.sums(organization, 'queue', { from: '0000-01-01', to: '9999-12-31', queues: overseen }),
  ]);
  const categories = sums.filter(({ kind }) => kind === 'category').map(({ value }) => value);
  return {
    queues: queues.filter(({ id }) => isOverseen(overseen, { queue: id })).map(({ id, name }) => ({ id, name })),
    agents: people.map(({ id, name }) => ({ id, name })),
    categories: [...new Set(categories)].sort((a, b) => a.localeCompare(b)),
  };
}

async function entryOf({ head, events, hit }: LoggedChat, names: Names, now: number): Promise<ChatLogEntry> {
  const { id, requestedAt, endedAt } = head;
  const summary = summarize(events);
  const { visitor, outcome, category } = summary;
  const staff = [head.agent, ...head.guests].filter((agent) => agent !== null);
  return {
    conversation: id,
    visitor,
    isVerified: isNameVerifiedAt(summary, endedAt ?? now),
    queue: { id: head.queue, name: await names.queue(head.queue) },
    site: await names.site(head.site),
    requestedAt,
    endedAt,
    agents: (await Promise.all(staff.map(names.agent))).filter((name) => name !== ''),
    outcome,
    category,
    hit: hit && {
      seq: hit.passage.seq,
      at: hit.passage.at,
      by: hit.passage.by,
      audience: hit.passage.audience,
      place: hit.passage.place,
      excerpt: [...hit.excerpt],
    },
  };
}
