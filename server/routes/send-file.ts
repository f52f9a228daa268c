import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ByteRange } from '../files/blob-store.ts';
import type { FileKeeper } from '../files/files.ts';
import type { StoredFile } from '../store/files-store.ts';
import { HttpProblem } from './http-errors.ts';

interface Sending {
  readonly file: StoredFile;
  readonly variant: 'whole' | 'thumbnail';
  /** May a page of another origin show it? */
  readonly isForPages: boolean;
  /** Called once its bytes are at hand, before the first of them leaves. */
  readonly opened: () => Promise<void>;
}

/** The style is the browser's own, with which it shows a picture in a tab. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

export const noSuchFile = () => new HttpProblem('not_found', 'There is no such file.');

/** A file, or the part of it that was asked for (RFC 9110, 14), to who may open it: nothing in it runs. */
export async function sendFile(
  files: Pick<FileKeeper, 'open'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { file, variant, isForPages, opened }: Sending,
) {
  reply
    .header('content-security-policy', policy)
    .header('content-disposition', dispositionOf(file))
    .header('cross-origin-resource-policy', isForPages ? 'cross-origin' : 'same-origin')
    // Kept, but asked about each time: what is deleted or signed out of is gone at once.
    .header('cache-control', 'private, no-cache')
    .header('etag', `"${file.id}"`)
    .header('accept-ranges', 'bytes')
    .type(variant === 'thumbnail' ? 'image/webp' : file.type);
  if (request.headers['if-none-match'] === `"${file.id}"`) return reply.code(304).send();

  const range = variant === 'whole' ? rangeOf(request.headers.range, file.bytes) : undefined;
  if (range === null) return reply.header('content-range', `bytes */${file.bytes}`).code(416).send();
  const blob = await files.open(file, variant, range);
  if (!blob) throw noSuchFile();
  await opened();
  if (!range) return reply.header('content-length', blob.bytes).send(blob.stream);
  return reply
    .code(206)
    .header('content-range', `bytes ${range.first}-${range.last}/${file.bytes}`)
    .header('content-length', range.last - range.first + 1)
    .send(blob.stream);
}

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
