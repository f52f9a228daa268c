import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { createAddressLimits } from '../address-limits.ts';

const office = '192.0.2.1';

function open() {
  let now = 0;
  const addresses = createAddressLimits(() => now);
  const admitted = (organization: string, times: number, address = office) =>
    Array.from({ length: times }, () => addresses.admit(address, organization)).filter(Boolean).length;
  const wait = (ms: number) => {
    now += ms;
  };
  return { addresses, admitted, wait };
}

describe('the sockets of one address', () => {
  test('T159 are counted for each organization: who floods one leaves room with the others', () => {
    const { admitted } = open();
    expect(admitted('a', 1000)).toBe(limits.socketsPerAddress);
    expect(admitted('b', 100)).toBe(100);
    expect(admitted('a', 1, '192.0.2.2')).toBe(1);
  });

  test('are counted over all organizations too, so that many of them are no way round it', () => {
    const { admitted } = open();
    const each = Array.from({ length: 10 }, (_, place) => admitted(`${place}`, 1000));
    expect(each.reduce((sum, one) => sum + one)).toBe(limits.socketsPerAddress * limits.organizationsPerAddress);
  });

  test('make room when they close, up to so many a minute, and again in the next', () => {
    const { addresses, admitted, wait } = open();
    let opened = 0;
    while (addresses.admit(office, 'a')) {
      opened++;
      addresses.release(office, 'a');
    }
    expect(opened).toBe(limits.hellosPerMinute);
    wait(60_000);
    expect(admitted('a', 1)).toBe(1);
  });

  test('of IPv6 are those of a /64', () => {
    const { admitted } = open();
    expect(admitted('a', 1000, '2001:db8::1')).toBe(limits.socketsPerAddress);
    expect(admitted('a', 1, '2001:db8::2')).toBe(0);
    expect(admitted('a', 1, '2001:db8:0:1::1')).toBe(1);
  });
});
