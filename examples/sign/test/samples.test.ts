import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** How each is run, and how to find out whether its language is at hand. */
const languages: Readonly<Record<string, { run: readonly string[]; probe: readonly string[] }>> = {
  'sign.mjs': { run: ['node'], probe: ['node', '--version'] },
  'sign.py': { run: ['python3'], probe: ['python3', '--version'] },
  'sign.php': { run: ['php'], probe: ['php', '--version'] },
  'sign.rb': { run: ['ruby'], probe: ['ruby', '--version'] },
  'Sign.java': { run: ['java'], probe: ['javac', '--version'] },
  'Sign.cs': { run: ['dotnet', 'run'], probe: ['dotnet', '--version'] },
  'sign.go': { run: ['go', 'run'], probe: ['go', 'version'] },
  'sign.pl': { run: ['perl'], probe: ['perl', '-MJSON::PP', '-MDigest::SHA', '-e', '1'] },
};

const here = fileURLToPath(new URL('..', import.meta.url));
const key = { BALIE_SITE: 'shop', BALIE_KEY_ID: 'k1', BALIE_KEY_SECRET: 'a-secret-of-256-bits-made-for-tests-alone' };
const env = { ...process.env, ...key };

function isAtHand([command = '', ...parameters]: readonly string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;

async function macOf(text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder();
  const imported = await crypto.subtle.importKey('raw', bytes.encode(key.BALIE_KEY_SECRET), algorithm, false, ['sign']);
  return Buffer.from(await crypto.subtle.sign('HMAC', imported, bytes.encode(text))).toString('base64url');
}

describe('the samples', () => {
  const isHere = ([, { probe }]: (typeof all)[number]) => isAtHand(probe);
  const all = Object.entries(languages);
  const missing = all.filter((one) => !isHere(one)).map(([file]) => file);
  if (missing.length > 0) console.log(`Not run, since their languages are not on this machine: ${missing.join(', ')}`);

  for (const [file, { run }] of all.filter(isHere))
    test(`${file} signs what Balie accepts`, async () => {
      const [command = '', ...parameters] = run;
      const token = execFileSync(command, [...parameters, file], { cwd: here, env, encoding: 'utf8' }).trim();
      const [header, claims, mac] = token.split('.');
      expect(decode(header)).toEqual({ alg: 'HS256', kid: 'k1', typ: 'visitor+jwt' });
      expect(decode(claims)).toEqual({
        iss: 'shop',
        aud: 'shop',
        sub: '4711',
        iat: expect.any(Number),
        exp: expect.any(Number),
        variables: { name: 'Ada Lovelace', email: 'ada@shop.example' },
      });
      expect(mac).toBe(await macOf(`${header}.${claims}`));
    });
});
