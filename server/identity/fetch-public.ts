import { lookup as resolveName } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

export interface FetchBounds {
  readonly maxBytes: number;
  /** For everything from the look-up of the name to the last byte. */
  readonly timeoutMs: number;
  /** Lets the request go into the server's own network. */
  readonly allowPrivate: boolean;
}

export type FetchPublic = (url: URL, bounds: FetchBounds) => Promise<Uint8Array>;
/** What a name resolves to; `node:dns`'s `lookup`. */
export type ResolveName = typeof resolveName;

/**
 * GETs a document from the open internet, or fails. The very address that the socket connects to is the one that was
 * judged, so that a name cannot resolve to one address for the check and to another for the connection. Redirects and
 * compressed answers are failures.
 */
export function createFetchPublic(resolve: ResolveName = resolveName): FetchPublic {
  const lookup = publicLookup(resolve);
  return async (url, { maxBytes, timeoutMs, allowPrivate }) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // No look-up takes place for an address that stands in the URL.
    if (!allowPrivate && isIP(host) && !isPublicAddress(host)) throw refusedAddress();
    const response = await get(url, { ...(allowPrivate ? {} : { lookup }), signal: AbortSignal.timeout(timeoutMs) });
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

const publicLookup =
  (resolve: ResolveName): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? refusedAddress(), []);
      // One private address among public ones is enough to suspect the name.
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(refusedAddress(), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

const refusedAddress = () => new Error('The address is in a private network.');
