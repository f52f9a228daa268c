/**
 * A short stand-in for a value that the state would otherwise have to hold in full, to tell whether the same is said
 * again (cyrb53: 53 bits, not cryptographic). Two values that collide cost one event that repeats what somebody claims
 * of themselves; nothing is ever granted by it.
 */
export function fingerprint(value: unknown): number {
  const text = JSON.stringify(value);
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (0x1fffff & low) + (high >>> 0);
}
