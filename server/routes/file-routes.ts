import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { FileId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { Reader } from '../realtime/readings.ts';
import { findSignedIn } from '../realtime/signed-in.ts';
import type { StoredFile } from '../store/files-store.ts';
import { createFileAccess } from './file-access.ts';
import { noSuchFile, sendFile } from './send-file.ts';
import { createStaffCookie } from './staff-cookie.ts';

const closed = { additionalProperties: false } as const;
const schema = {
  hide: true,
  // Whatever is no name of a file is one that is not there.
  params: Type.Object({ id: Type.String() }, closed),
  querystring: Type.Object({ ticket: Type.Optional(Type.String({ maxLength: 2048 })) }, closed),
};
/** Whoever may open them is asked about in here, as agent or as visitor. */
const config = { access: 'public' } as const;

/** Files as they are opened: nothing in them runs, and who may not see them finds nothing. */
export const fileRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, files, readings, now } = context;
    const access = createFileAccess(context);
    const cookie = createStaffCookie(context.config.publicUrl);

    /** Who opens it, if they may. */
    async function openerOf(
      request: FastifyRequest,
      ticket: string | undefined,
      file: StoredFile,
    ): Promise<Reader | 'visitor' | null> {
      if (ticket !== undefined) return (await access.mayVisitorOpen(ticket, file)) ? 'visitor' : null;
      const person = await findSignedIn(store, cookie.read(request), now());
      if (!person) return null;
      const reader = { agent: person.agent, address: networkOf(request.ip) };
      if (await access.mayAgentOpen(person.agent, file)) return reader;
      readings.refused(reader, file.conversation);
      return null;
    }

    type Asked = FastifyRequest<{ Params: { id: string }; Querystring: { ticket?: string } }>;

    async function send(request: Asked, reply: FastifyReply, variant: 'whole' | 'thumbnail') {
      const { ticket } = request.query;
      const file = await files.find(request.params.id as FileId);
      const isThere = file && (variant === 'whole' || file.kind === 'image');
      const opener = isThere ? await openerOf(request, ticket, file) : null;
      if (!file || !opener) throw noSuchFile();
      return sendFile(files, request, reply, {
        file,
        variant,
        isForPages: ticket !== undefined,
        opened: async () => (opener === 'visitor' ? undefined : readings.file(opener, file)),
      });
    }

    app.get('/files/:id', { config, schema }, (request, reply) => send(request, reply, 'whole'));
    app.get('/files/:id/thumbnail', { config, schema }, (request, reply) => send(request, reply, 'thumbnail'));
  };
