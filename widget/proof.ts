import type { VariableValue } from '../protocol/entities.ts';

export type Variables = Readonly<Record<string, VariableValue>>;

/** What a hello or an identify frame says, and the connection that it says it on. */
export interface ProofClaims {
  readonly site: string;
  readonly challenge: { readonly nonce: string; readonly at: number };
  readonly session: string | undefined;
  readonly token: string | null | undefined;
  /** Undefined where the page says nothing of them: what another tab said stands. */
  readonly variables: Variables | undefined;
}

/**
 * A JWT of the widget's own (after RFC 9449): whoever sends this frame holds the browser's private key, now. `iat` is
 * the server's time, so that a visitor whose clock is wrong is not turned away.
 */
export async function signProof(key: CryptoKeyPair, claims: ProofClaims): Promise<string> {
  const { site, challenge, session, token, variables } = claims;
  return signWithKey(key, 'balie-proof+jwt', {
    aud: site,
    nonce: challenge.nonce,
    iat: Math.floor(challenge.at / 1000),
    // JSON leaves out what is undefined.
    ath: await sha256(token),
    sth: await sha256(session),
    vars: variables,
  });
}

/** A JWT of this type, signed by the browser's key, which it carries. */
export async function signWithKey(key: CryptoKeyPair, typ: string, payload: object): Promise<string> {
  const header = { alg: 'ES256', typ, jwk: await publicJwk(key) };
  const input = [header, payload].map((part) => base64url(utf8(JSON.stringify(part)))).join('.');
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, utf8(input));
  return `${input}.${base64url(signature)}`;
}

/** RFC 7638: the members in alphabetical order, without white space. */
export const thumbprint = async (key: CryptoKeyPair): Promise<string> =>
  (await sha256(JSON.stringify(await publicJwk(key)))) as string;

/** In the order that RFC 7638 asks for. */
async function publicJwk(key: CryptoKeyPair) {
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey);
  return { crv, kty, x, y };
}

const utf8 = (text: string) => new TextEncoder().encode(text);

const sha256 = async (text: string | null | undefined): Promise<string | undefined> =>
  text ? base64url(await crypto.subtle.digest('SHA-256', utf8(text))) : undefined;

/** RFC 4648, section 5, without padding: how everything binary travels in a JWT. */
const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
