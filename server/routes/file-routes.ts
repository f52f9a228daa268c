import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { FileId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import type { ByteRange } from '../files/blob-store.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { Reader } from '../realtime/readings.ts';
import { findSignedIn } from '../realtime/signed-in.ts';
import type { StoredFile } from '../store/files-store.ts';
import { createFileAccess } from './file-access.ts';
import { HttpProblem } from './http-errors.ts';
import { createStaffCookie } from './staff-cookie.ts';

const closed = { additionalProperties: false } as const;
const schema = {
  hide: true,
  // Whatever is no name of a file is one that is not there.
  params: Type.Object({ id: Type.String() }, closed),
  querystring: Type.Object({ ticket: Type.Optional(Type.String({ maxLength: 2048 })) }, closed),
};
/** The style is the browser's own, with which it shows a picture in a tab. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
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
      if (!file || !opener) throw notFound();
      reply
        .header('content-security-policy', policy)
        .header('content-disposition', dispositionOf(file))
        .header('cross-origin-resource-policy', ticket === undefined ? 'same-origin' : 'cross-origin')
        // Kept, but asked about each time: what is deleted or signed out of is gone at once.
        .header('cache-control', 'private, no-cache')
        .header('etag', `"${file.id}"`)
        .header('accept-ranges', 'bytes')
        .type(variant === 'thumbnail' ? 'image/webp' : file.type);
      if (request.headers['if-none-match'] === `"${file.id}"`) return reply.code(304).send();

      const range = variant === 'whole' ? rangeOf(request.headers.range, file.bytes) : undefined;
      if (range === null) return reply.header('content-range', `bytes */${file.bytes}`).code(416).send();
      const blob = await files.open(file, variant, range);
      if (!blob) throw notFound();
      if (opener !== 'visitor') await readings.file(opener, file);
      if (!range) return reply.header('content-length', blob.bytes).send(blob.stream);
      return reply
        .code(206)
        .header('content-range', `bytes ${range.first}-${range.last}/${file.bytes}`)
        .header('content-length', range.last - range.first + 1)
        .send(blob.stream);
    }

    app.get('/files/:id', { config, schema }, (request, reply) => send(request, reply, 'whole'));
    app.get('/files/:id/thumbnail', { config, schema }, (request, reply) => send(request, reply, 'thumbnail'));
  };

/** Pictures that were drawn anew may show in the browser; everything else is saved (RFC 6266, RFC 8187). */
function dispositionOf({ kind, name }: StoredFile): string {
  const ascii = name.replace(/[^\x20-\x7E]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return `${kind === 'image' ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Undefined for all of it (also where several parts are asked for), null where there is no such part (RFC 9110, 14). */
function rangeOf(header: string | undefined, bytes: number): ByteRange | null | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const range =
    first === ''
      ? { first: Math.max(0, bytes - Number(last)), last: bytes - 1 }
      : { first: Number(first), last: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
  return range.first <= range.last && range.first < bytes ? range : null;
}

const notFound = () => new HttpProblem('not_found', 'There is no such file.');
