import { importJWK, importPKCS8, type JWK } from 'jose';
import { SignError } from './sign-error.ts';

/** A key of your site, as an administrator registered it in Balie's console. */
export type SigningKey = {
  /** The key's id. */
  readonly kid: string;
  /** The site's id, the same as in the script tag's `data-site`. */
  readonly site: string;
  /** How long the token is good for, 1 to 86,400; if absent 900, a quarter of an hour. Your site may allow less. */
  readonly lifetimeSeconds?: number;
} & (
  | {
      /** The text as the console showed it, at least 32 bytes in UTF-8; signs with HS256. */
      readonly secret: string;
    }
  | {
      readonly algorithm: 'ES256' | 'RS256' | 'PS256' | 'EdDSA';
      /** A JWK (RFC 7517), a PKCS #8 PEM, or, to import it only once, a CryptoKey that may `sign`. */
      readonly privateKey: JWK | string | CryptoKey;
    }
);

const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'];
const secretBytes = 32;

export async function importSigningKey(
  key: SigningKey,
): Promise<{ algorithm: string; material: CryptoKey | Uint8Array }> {
  checkNames(key);
  if ('secret' in key) return { algorithm: 'HS256', material: secretOf(key.secret) };
  const { algorithm, privateKey } = key;
  if (!algorithms.includes(algorithm))
    throw new SignError('algorithm', `\`algorithm\` is one of ${algorithms.join(', ')}, as registered for the key.`);
  return { algorithm, material: await privateKeyOf(privateKey, algorithm) };
}

function checkNames({ kid, site }: SigningKey): void {
  if (typeof kid !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(kid))
    throw new SignError('kid', "`kid` is the key's id as the console shows it.");
  if (typeof site !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(site))
    throw new SignError('site', "`site` is the site's id, the same as in the script tag's `data-site`.");
}

function secretOf(secret: unknown): Uint8Array {
  const bytes = new TextEncoder().encode(typeof secret === 'string' ? secret : '');
  if (bytes.length >= secretBytes) return bytes;
  throw new SignError('secret_too_short', `\`secret\` has ${bytes.length} bytes; HS256 takes ${secretBytes} or more.`);
}

async function privateKeyOf(key: JWK | string | CryptoKey, algorithm: string): Promise<CryptoKey> {
  const imported = await importPrivateKey(key, algorithm);
  if (imported instanceof CryptoKey && imported.type === 'private' && imported.usages.includes('sign')) return imported;
  throw new SignError('private_key', '`privateKey` cannot sign: it is a public key or a secret, or not meant for it.');
}

async function importPrivateKey(key: JWK | string | CryptoKey, algorithm: string): Promise<CryptoKey | Uint8Array> {
  try {
    if (typeof key === 'string') return await importPKCS8(key.trim(), algorithm);
    if (key instanceof CryptoKey) return key;
    return await importJWK(key, algorithm);
  } catch (cause) {
    const message =
      '`privateKey` is not a private key for this algorithm. A PEM begins with "-----BEGIN PRIVATE KEY-----"; any other ' +
      'is converted by: openssl pkcs8 -topk8 -nocrypt -in key.pem';
    throw new SignError('private_key', message, { cause });
  }
}
