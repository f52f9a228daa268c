import { isIP, type LookupFunction } from 'node:net';
import { type OutboundAddress, parseOutboundAddress } from './outbound-address.ts';
import { createGuard, hostOf, PrivateAddressError, type ResolveName } from './public-lookup.ts';

export type AddressCheck = (text: string) => Promise<OutboundAddress>;

/** Judges an address when it is saved, so that who typed it learns at once what would be refused at every request. */
export function createAddressCheck(allowPrivate: boolean, resolve?: ResolveName): AddressCheck {
  const guard = createGuard(allowPrivate, resolve);
  return async (text) => {
    const address = parseOutboundAddress(text, allowPrivate);
    if (!address.ok) return address;
    try {
      const { lookup } = guard(address.url);
      const host = hostOf(address.url);
      if (lookup && !isIP(host)) await lookUp(lookup, host);
      return address;
    } catch (error) {
      const isPrivate = error instanceof PrivateAddressError;
      const message = isPrivate ? error.message : 'No server is known by this name.';
      return { ok: false, code: 'address_refused', message };
    }
  };
}

const lookUp = (lookup: LookupFunction, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error) => (error ? reject(error) : resolve()));
  });
