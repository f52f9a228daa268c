import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ChatLogExportQuery } from '../../protocol/chat-log.ts';
import { HttpError } from '../../protocol/http.ts';
import type { Context } from '../context.ts';
import type { ChatFilter, ChatLog } from '../desk/chat-log.ts';
import type { Agent, ConversationHead } from '../store/store.ts';
import { auditor } from './audited.ts';
import { exportChats, formats } from './chat-log-export.ts';
import { filterOf, recordOf } from './chat-log-filter.ts';
import { staffOf } from './staff.ts';

/** What was found in the chat log, as a file. Where it breaks off, so does the connection: half a file is none. */
export const chatLogExportRoutes = (context: Context): FastifyPluginAsyncTypebox => {
  const { store, chatLog, now } = context;
  const audit = auditor(context);

  return async (app) => {
    app.get(
      '/chat-log/export',
      {
        config: { access: 'supervisor' },
        schema: {
          summary: 'The conversations that are found, as JSON or CSV',
          querystring: ChatLogExportQuery,
          response: { 200: Type.String(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { format: name, ...asked } = request.query;
        const filter = filterOf(asked);
        const format = formats[name];
        // Before the first byte: what was sent to somebody stands here, also where they did not take all of it.
        await audit(request, { action: 'chat-log.export', after: { format: name, ...recordOf(asked) } });
        const at = now();
        const day = new Date(at).toISOString().slice(0, 10);
        reply.header('content-disposition', `attachment; filename="chats-${day}.${format.extension}"`);
        reply.type(format.type);
        const pieces = exportChats(store, headsOf(chatLog, staffOf(request).agent, filter), format, at);
        return reply.send(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }) as never);
      },
    );
  };
};

/** Page by page, and of a page no sooner than the one before was taken. */
async function* headsOf(chatLog: ChatLog, agent: Agent, filter: ChatFilter): AsyncGenerator<ConversationHead> {
  let before: string | null = null;
  do {
    const { chats, next } = await chatLog.page(agent, filter, before);
    for (const { head } of chats) yield head;
    before = next;
  } while (before !== null);
}
