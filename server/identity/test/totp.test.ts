import { describe, expect, test } from 'vitest';
import { createTotpSecret, totpCode, totpStep, totpUri } from '../totp.ts';

/** `12345678901234567890` of RFC 6238, appendix B, in base32. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const seconds = (count: number) => count * 1000;

describe('codes of an authenticator app', () => {
  test('are those of RFC 6238, appendix B, in their last six digits', () => {
    const vectors: [number, string][] = [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
      [20_000_000_000, '353130'],
    ];
    for (const [at, code] of vectors) expect([at, totpCode(rfcSecret, Math.floor(at / 30))]).toEqual([at, code]);
  });

  test('are good in their half minute and the one after, and not again', () => {
    const code = totpCode(rfcSecret, 100);
    const at = (step: number) => totpStep(rfcSecret, code, seconds(step * 30 + 1), 0);
    expect([at(98), at(99), at(100), at(101), at(102)]).toEqual([null, null, 100, 100, null]);
    expect(totpStep(rfcSecret, code, seconds(3001), 100)).toBeNull();
    expect(totpStep(rfcSecret, code, seconds(3001), 99)).toBe(100);
  });

  test('are of no use with another secret, or in another form', () => {
    expect(totpStep(createTotpSecret(), totpCode(rfcSecret, 100), seconds(3001), 0)).toBeNull();
    for (const code of ['', '1', '00000000', 'abcdef', '۱۲۳۴۵۶'])
      expect(totpStep(rfcSecret, code, seconds(3001), 0)).toBeNull();
  });

  test('a secret is 160 bits of chance, in what apps read', () => {
    const secrets = Array.from({ length: 50 }, createTotpSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpUri('ABC', 'Balie', 'anna@balie.example')).toBe(
      'otpauth://totp/Balie%3Aanna%40balie.example?secret=ABC&issuer=Balie',
    );
  });
});
