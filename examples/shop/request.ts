import type { IncomingMessage } from 'node:http';

const bodyBytes = 4096;

/**
 * Did a page of this shop send it? Browsers say so themselves on every POST, in `Origin`; no page can forge it. This, with
 * `SameSite=Lax` cookies, is the protection against requests from other sites' pages.
 */
export function fromOwnPage({ headers }: IncomingMessage): boolean {
  const { origin = '', host } = headers;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Null for a body that is larger than any the shop's pages send. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** A path of this shop to go back to; never another host's. */
export const ownPath = (path: string | null) => (path && /^\/(?![/\\])[\w/-]*$/.test(path) ? path : '/');

/** The thumbprint in a body like `{"thumbprint":"…"}`, or null. */
export function parseThumbprint(body: string): string | null {
  try {
    const { thumbprint } = Object(JSON.parse(body)) as { thumbprint?: unknown };
    return typeof thumbprint === 'string' && /^[\w-]{43}$/.test(thumbprint) ? thumbprint : null;
  } catch {
    return null;
  }
}
