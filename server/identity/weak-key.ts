/** Keys that are well-formed and still prove nothing, because their private half follows from the public one. */

const smallPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * ROCA (CVE-2017-15361): a chip's library made primes of the form k·M + (65537^a mod M), so the modulus is a power of
 * 65537 modulo each small prime. One other modulus in some hundred million looks like that by chance.
 */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return smallPrimes.every((prime) => isPowerOf65537(Number(modulus % BigInt(prime)), prime));
}

function isPowerOf65537(residue: number, prime: number): boolean {
  const generator = 65537 % prime;
  let power = 1;
  do {
    if (power === residue) return true;
    power = (power * generator) % prime;
  } while (power !== 1);
  return false;
}

/**
 * The points of small order on edwards25519, in each encoding of them without its sign bit (the list that libsodium
 * refuses): under such a key one signature fits a great many messages.
 */
const smallOrderPoints: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

export function isSmallOrderEd25519(publicKey: Uint8Array): boolean {
  const point = Buffer.from(publicKey);
  point[31] = (point[31] ?? 0) & 0x7f;
  return smallOrderPoints.has(point.toString('hex'));
}
