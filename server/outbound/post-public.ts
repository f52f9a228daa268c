import http from 'node:http';
import https from 'node:https';
import type { DeliveryFailure } from '../../protocol/codes.ts';
import { limits } from '../../protocol/limits.ts';
import { createGuard, PrivateAddressError, type ResolveName } from './public-lookup.ts';

export interface Posting {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of it: the status of the answer, or why there was none. */
export type Posted = { readonly status: number } | { readonly failure: DeliveryFailure };
export type PostPublic = (url: URL, posting: Posting) => Promise<Posted>;

export interface PostOptions {
  /** Lets it go into the server's own network. */
  readonly allowPrivate: boolean;
  readonly resolve?: ResolveName;
  /** From the look-up of the name to the head of the answer. */
  readonly timeoutMs?: number;
}

/**
 * POSTs to an address of the open internet. Never rejects. Redirects are answers like any other. Of the answer, only the
 * status is read: a body of any size costs nothing, and nothing that a server says can be learned through this one.
 */
export function createPostPublic({
  allowPrivate,
  resolve,
  timeoutMs = limits.deliveryTimeoutMs,
}: PostOptions): PostPublic {
  const guard = createGuard(allowPrivate, resolve);
  return async (url, posting) => {
    try {
      return { status: await post(url, posting, { ...guard(url), signal: AbortSignal.timeout(timeoutMs) }) };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  };
}

function post(url: URL, { headers, body }: Posting, options: http.RequestOptions): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    request(url, { ...options, method: 'POST', headers: { ...headers, ...length }, agent: false }, (response) => {
      // Whatever the connection does from here on has no meaning any more.
      response.on('error', () => {});
      response.destroy();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(body);
  });
}

/** What a look-up calls itself in its errors. */
const lookUps = /^(?:query|getaddrinfo)/;
const certificateCodes = /CERT|^ERR_TLS_|^ERR_SSL_|^UNABLE_TO_|^EPROTO$/;

function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof PrivateAddressError) return 'private_address';
  const { name, code = '', syscall = '' } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError') return 'timeout';
  if (lookUps.test(syscall)) return 'unknown_name';
  if (certificateCodes.test(code)) return 'certificate';
  return 'unreachable';
}
