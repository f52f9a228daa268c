import { isIPv6 } from 'node:net';
import { limits } from '../../protocol/limits.ts';

/** How many sockets an address has open and how many it opened this minute: with one organization, and in all. */
export interface AddressLimits {
  /**
   * False where it has too many; otherwise counts one more until `release`. Whoever floods one organization leaves those behind the
   * same address room with every other (T159).
   */
  admit(address: string, organization: string): boolean;
  release(address: string, organization: string): void;
}

const minuteMs = 60_000;

/** Bounded by the sockets that are open, and by the addresses that opened one within the minute. */
export function createAddressLimits(now: () => number): AddressLimits {
  const open = new Map<string, number>();
  let opened = new Map<string, number>();
  let since = now();

  const hasRoom = ({ key, times }: Count) =>
    (open.get(key) ?? 0) < limits.socketsPerAddress * times && (opened.get(key) ?? 0) < limits.hellosPerMinute * times;

  return {
    admit(address, organization) {
      if (now() - since >= minuteMs) {
        opened = new Map();
        since = now();
      }
      const counts = countsOf(address, organization);
      if (!counts.every(hasRoom)) return false;
      for (const { key } of counts) {
        open.set(key, (open.get(key) ?? 0) + 1);
        opened.set(key, (opened.get(key) ?? 0) + 1);
      }
      return true;
    },
    release(address, organization) {
      for (const { key } of countsOf(address, organization)) {
        const sockets = open.get(key) ?? 0;
        if (sockets <= 1) open.delete(key);
        else open.set(key, sockets - 1);
      }
    },
  };
}

interface Count {
  readonly key: string;
  readonly times: number;
}

function countsOf(address: string, organization: string): Count[] {
  const network = networkOf(address);
  return [
    { key: network, times: limits.organizationsPerAddress },
    { key: `${network} ${organization}`, times: 1 },
  ];
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
