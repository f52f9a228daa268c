import { lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** What a name resolves to; `node:dns`'s `lookup`. */
export type ResolveName = typeof resolveName;

export class PrivateAddressError extends Error {
  constructor() {
    super('The address is in a private network.');
    this.name = 'PrivateAddressError';
  }
}

/** What a request to this address must be made with, so that it reaches the open internet and nothing else. */
export type Guard = (url: URL) => { readonly lookup?: LookupFunction };

/**
 * The very address that the socket connects to is the one that is judged, so that a name cannot resolve to one address
 * for the check and to another for the connection.
 */
export function createGuard(allowPrivate: boolean, resolve: ResolveName = resolveName): Guard {
  if (allowPrivate) return () => ({});
  const lookup = publicLookup(resolve);
  return (url) => {
    const host = hostOf(url);
    // No look-up takes place for an address that stands in the URL.
    if (isIP(host) && !isPublicAddress(host)) throw new PrivateAddressError();
    return { lookup };
  };
}

const publicLookup =
  (resolve: ResolveName): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new PrivateAddressError(), []);
      // One private address among public ones is enough to suspect the name.
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new PrivateAddressError(), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
