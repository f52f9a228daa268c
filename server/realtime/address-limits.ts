import { isIPv6 } from 'node:net';
import { limits } from '../../protocol/limits.ts';

/** How many sockets an address has open and how many it opened this minute. */
export interface AddressLimits {
  /** False where it has too many; otherwise counts one more until `release`. */
  admit(address: string): boolean;
  release(address: string): void;
}

const minuteMs = 60_000;

/** Bounded by the sockets that are open, and by the addresses that opened one within the minute. */
export function createAddressLimits(now: () => number): AddressLimits {
  const open = new Map<string, number>();
  let opened = new Map<string, number>();
  let since = now();

  return {
    admit(address) {
      if (now() - since >= minuteMs) {
        opened = new Map();
        since = now();
      }
      const network = networkOf(address);
      const sockets = open.get(network) ?? 0;
      const recent = opened.get(network) ?? 0;
      if (sockets >= limits.socketsPerAddress || recent >= limits.hellosPerMinute) return false;
      open.set(network, sockets + 1);
      opened.set(network, recent + 1);
      return true;
    },
    release(address) {
      const network = networkOf(address);
      const sockets = open.get(network) ?? 0;
      if (sockets <= 1) open.delete(network);
      else open.set(network, sockets - 1);
    },
  };
}

/** A household or an office is handed a whole /64 of IPv6 (RFC 6177), so that is what counts as one address. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return groups.slice(0, 4).join(':');
}
