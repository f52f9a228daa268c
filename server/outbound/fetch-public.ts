import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { createGuard, type ResolveName } from './public-lookup.ts';

export interface FetchBounds {
  readonly maxBytes: number;
  /** For everything from the look-up of the name to the last byte. */
  readonly timeoutMs: number;
  /** Lets the request go into the server's own network. */
  readonly allowPrivate: boolean;
}

export type FetchPublic = (url: URL, bounds: FetchBounds) => Promise<Uint8Array>;

/** GETs a document from the open internet, or fails. Redirects and compressed answers are failures. */
export function createFetchPublic(resolve?: ResolveName): FetchPublic {
  const guards = { open: createGuard(true), closed: createGuard(false, resolve) };
  return async (url, { maxBytes, timeoutMs, allowPrivate }) => {
    const guarded = guards[allowPrivate ? 'open' : 'closed'](url);
    const response = await get(url, { ...guarded, signal: AbortSignal.timeout(timeoutMs) });
    return readBody(response, maxBytes);
  };
}

function get(url: URL, options: { lookup?: LookupFunction; signal: AbortSignal }): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Balie' };
  return new Promise((resolve, reject) => {
    request(url, { ...options, headers, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  try {
    const encoding = response.headers['content-encoding'] ?? 'identity';
    if (response.statusCode !== 200) throw new Error(`The answer has status ${response.statusCode}.`);
    if (encoding !== 'identity') throw new Error('The answer is compressed.');
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw new Error(`The answer has more than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    response.destroy();
  }
}
