import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  ApiConversation,
  ApiConversations,
  ApiConversationsQuery,
  ApiEvents,
  ApiEventsQuery,
  ApiFiles,
  ApiReading,
} from '../../protocol/api.ts';
import type { Audience } from '../../protocol/entities.ts';
import { HttpError } from '../../protocol/http.ts';
import { ConversationId, FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { allows } from '../domain/api-key.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { seqFor } from '../domain/webhook.ts';
import type { ConversationHead } from '../store/store.ts';
import { conversationView, readNames } from './api-conversation-view.ts';
import { keyOf, mustAllow, readerOfKey } from './api-key-guard.ts';
import { isSent } from './file-access.ts';
import { HttpProblem } from './http-errors.ts';
import { noSuchFile, sendFile } from './send-file.ts';

const Params = Type.Object({ id: ConversationId }, { additionalProperties: false });
const FileParams = Type.Object({ id: ConversationId, file: FileId }, { additionalProperties: false });
const access = { config: { access: 'key', scope: 'conversations:read', rateLimit: false } } as const;
const common = { tags: ['v1'], security: [{ apiKey: ['conversations:read'] }] };
const badly = { '4xx': HttpError } as const;

type Reading = FastifyRequest<{ Querystring: { audience?: Audience } }>;

/** Conversations for other systems: as the visitor sees them, or whole for keys that may read private lines. */
export const apiConversationRoutes =
  ({ store, files, readings }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    async function headOf(request: FastifyRequest, id: ConversationId): Promise<ConversationHead> {
      const head = await store.conversations.findOf(keyOf(request).organization, id);
      if (!head) throw new HttpProblem('not_found', 'There is no such conversation.');
      return head;
    }

    /** The one place where a reader of the API gets at events. */
    const read = (head: ConversationHead, audience: Audience, after: number, limit: number) =>
      audience === 'agents' ? store.log.read(head.id, after, limit) : store.log.readVisible(head.id, after, limit);

    /** Which reading is asked for, by whom may have it. */
    async function readingOf(request: Reading, id: ConversationId) {
      const { audience = 'everyone' } = request.query;
      if (audience === 'agents') mustAllow(keyOf(request), 'conversations:read-private');
      return { head: await headOf(request, id), audience };
    }

    /** The same, written down before anything is shown. */
    async function open(request: Reading, id: ConversationId) {
      const reading = await readingOf(request, id);
      await readings.conversation(readerOfKey(request), reading.head);
      return reading;
    }

    app.get(
      '/conversations',
      {
        ...access,
        schema: {
          ...common,
          summary: 'Conversations, the newest first',
          querystring: ApiConversationsQuery,
          response: { 200: ApiConversations, ...badly },
        },
      },
      async (request) => {
        const { organization } = keyOf(request);
        const { queue, ended, since, until, before, limit } = request.query;
        const [requestedAt, id] = before?.split('.') ?? [];
        const size = sizeOf(limit);
        const heads = await store.conversations.list(
          organization,
          {
            queue,
            isEnded: ended === undefined ? undefined : ended === 'true',
            since: since === undefined ? undefined : Number(since),
            until: until === undefined ? undefined : Number(until),
            before: id === undefined ? undefined : { requestedAt: Number(requestedAt), id: id as ConversationId },
          },
          size,
        );
        const names = await readNames(organization, store);
        const last = heads.at(-1);
        return {
          conversations: heads.map((head) => conversationView(head, audienceOf(request), names)),
          next: heads.length === size && last ? `${last.requestedAt}.${last.id}` : null,
        };
      },
    );

    app.get(
      '/conversations/:id',
      {
        ...access,
        schema: {
          ...common,
          summary: 'One conversation',
          params: Params,
          response: { 200: ApiConversation, ...badly },
        },
      },
      async (request) => {
        const head = await headOf(request, request.params.id);
        return conversationView(head, audienceOf(request), await readNames(head.organization, store));
      },
    );

    app.get(
      '/conversations/:id/events',
      {
        ...access,
        schema: {
          ...common,
          summary: 'Events of a conversation, in order',
          params: Params,
          querystring: ApiEventsQuery,
          response: { 200: ApiEvents, ...badly },
        },
      },
      async (request) => {
        const { head, audience } = await open(request, request.params.id);
        const size = sizeOf(request.query.limit);
        const events = await read(head, audience, Number(request.query.after ?? '0'), size);
        const told = events.map((event) => toldTo(audience, event));
        return { events: told, next: events.length === size ? (told.at(-1)?.seq ?? null) : null };
      },
    );

    app.get(
      '/conversations/:id/files',
      {
        ...access,
        schema: {
          ...common,
          summary: 'Files of a conversation: what they are',
          params: Params,
          querystring: ApiReading,
          response: { 200: ApiFiles, ...badly },
        },
      },
      async (request) => {
        const { head, audience } = await open(request, request.params.id);
        const found: ApiFiles['files'] = [];
        for (let after: number | null = 0; after !== null; ) {
          const events: readonly LogEvent[] = await read(head, audience, after, limits.historyPage);
          found.push(...events.flatMap((event) => filesIn(audience, event)));
          const last = events.at(-1);
          after = events.length === limits.historyPage && last ? seqFor(audience, last) : null;
        }
        return { files: found };
      },
    );

    app.get(
      '/conversations/:id/files/:file',
      {
        ...access,
        schema: {
          ...common,
          summary: 'What is in a file; parts of it with Range',
          params: FileParams,
          querystring: ApiReading,
          response: badly,
        },
      },
      async (request, reply) => {
        const { id, file: asked } = request.params;
        const { head, audience } = await readingOf(request, id);
        const file = await files.find(asked);
        if (file?.conversation !== head.id || !isSent(file)) throw noSuchFile();
        if (file.audience === 'agents' && audience !== 'agents') throw noSuchFile();
        return sendFile(files, request, reply, {
          file,
          variant: 'whole',
          isForPages: false,
          opened: () => readings.file(readerOfKey(request), file),
        });
      },
    );
  };

/** What a key sees of where a conversation stands; its events are asked for one audience at a time. */
const audienceOf = (request: FastifyRequest): Audience =>
  allows(keyOf(request), 'conversations:read-private') ? 'agents' : 'everyone';

const sizeOf = (limit = String(limits.apiPage)) => Math.min(limits.apiPage, Math.max(1, Number(limit)));

function toldTo(audience: Audience, event: LogEvent) {
  const seq = seqFor(audience, event);
  if (seq === null) throw new Error('An event was read for somebody who may not see it.');
  const { at, by, body } = event;
  return { seq, event: { at, by, body } };
}

function filesIn(audience: Audience, event: LogEvent): ApiFiles['files'] {
  const { body } = event;
  if (body.type !== 'message') return [];
  const { seq } = toldTo(audience, event);
  return (body.files ?? []).map((file) => ({ file, seq, at: event.at, by: event.by, audience: body.audience }));
}
