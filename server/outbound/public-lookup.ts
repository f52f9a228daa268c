import type { LookupAddress, lookup as resolveName } from 'node:dns';
import { Resolver } from 'node:dns/promises';
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
 * Asks the name servers itself. The system's own look-up (`node:dns`'s `lookup`) holds one of four threads for as long as
 * it takes, and files and passwords wait for those too: whoever runs a slow name server could stop them all.
 */
function createResolve(): ResolveName {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const ask = (hostname: string) => Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const resolve = (
    hostname: string,
    _options: object,
    callback: (error: Error | null, found: LookupAddress[]) => void,
  ) =>
    void ask(hostname).then((answers) => {
      const found = answers.flatMap((answer, index) =>
        answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 })) : [],
      );
      const [first] = answers;
      callback(found.length === 0 && first.status === 'rejected' ? first.reason : null, found);
    });
  return resolve as ResolveName;
}

/**
 * The very address that the socket connects to is the one that is judged, so that a name cannot resolve to one address
 * for the check and to another for the connection.
 */
export function createGuard(allowPrivate: boolean, resolve: ResolveName = createResolve()): Guard {
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
