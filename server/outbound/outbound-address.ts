import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { hostOf } from './public-lookup.ts';

export type OutboundAddress =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly code: 'address_malformed' | 'address_refused'; readonly message: string };

/** Where HTTPS servers listen for strangers. Other ports reach into services that never expect HTTP. */
const ports = ['', '8443'];
const localNames = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|arpa)\.?$/;
/** Where a connection without TLS never leaves the machine. */
const loopback = /^(?:(?:.+\.)?localhost|127\.[\d.]+|::1)$/;

/**
 * What can be known from its text of an address that somebody typed, for the server to ask. Names are judged again when
 * they are resolved, at every request. `allowPrivate` is the operator's word that the server's own network may be asked.
 */
export function parseOutboundAddress(text: string, allowPrivate: boolean): OutboundAddress {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password || url.hash)
    return refused('address_malformed', 'The address is not of the form https://host/path.');
  // The parser has turned 0x7f.1 and 2130706433 into 127.0.0.1 by now.
  const host = hostOf(url);
  const isLocal = isIP(host) ? !isPublicAddress(host) : localNames.test(host) || !host.includes('.');
  if (url.protocol === 'http:' && !(allowPrivate && loopback.test(host)))
    return refused('address_refused', 'The address begins with https://.');
  if (allowPrivate) return { ok: true, url };
  if (isLocal) return refused('address_refused', 'The address is in a private network.');
  if (!ports.includes(url.port)) return refused('address_refused', 'The port is neither 443 nor 8443.');
  return { ok: true, url };
}

const refused = (code: 'address_malformed' | 'address_refused', message: string) =>
  ({ ok: false, code, message }) as const;
