import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../password.ts';
import { createSecretToken, hashToken, isSameSecret } from '../secret-token.ts';

describe('passwords', () => {
  it('keeps argon2id at the cost that OWASP asks for, salted anew each time', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, 'correct horse')).toBe(true);
    for (const wrong of ['correct hors', 'Correct horse', '', 'correct horse '])
      expect(await verifyPassword(one, wrong)).toBe(false);
  });

  it('takes the same password in other code points', async () => {
    const hash = await hashPassword('Ångström ﬁve');
    expect(await verifyPassword(hash, 'Ångström five'.normalize('NFD'))).toBe(true);
  });

  it('fits nobody where there is no log-in, after the same work', async () => {
    for (const password of ['', 'correct horse', 'null']) expect(await verifyPassword(null, password)).toBe(false);
  });
});

describe('tokens', () => {
  it('W040 are 256 bits of chance in base64url', () => {
    const tokens = Array.from({ length: 1000 }, createSecretToken);
    expect(tokens.every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true);
    expect(new Set(tokens).size).toBe(1000);
  });

  it('W040 are kept as a hash that is no token itself', () => {
    const token = createSecretToken();
    expect(hashToken(token)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(hashToken(token)).toBe(hashToken(token));
    expect(hashToken(hashToken(token))).not.toBe(hashToken(token));
  });

  it('W039 are compared whole, whatever their length', () => {
    const token = createSecretToken();
    expect(isSameSecret(token, `${token}`)).toBe(true);
    for (const other of ['', token.slice(1), `${token}x`, token.toLowerCase(), createSecretToken()])
      expect(isSameSecret(token, other)).toBe(false);
  });
});
