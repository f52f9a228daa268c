import { newKeys, type TestVisitor } from './test-visitor.ts';

export interface TicketParts {
  readonly conversation: string;
  readonly site?: string;
  readonly now?: number;
  readonly lifetimeSeconds?: number;
  readonly keys?: CryptoKeyPair;
  readonly claims?: object;
  readonly type?: string;
}

/** What a widget signs to open the files of its conversation. */
export async function signTicket(visitor: TestVisitor, parts: TicketParts): Promise<string> {
  const keys = parts.keys ?? visitor.keys ?? (await newKeys());
  const { x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const iat = Math.floor((parts.now ?? Date.now()) / 1000);
  const exp = iat + (parts.lifetimeSeconds ?? 600);
  const header = { alg: 'ES256', typ: parts.type ?? 'balie-files+jwt', jwk: { kty: 'EC', crv: 'P-256', x, y } };
  const claims = { aud: parts.site ?? visitor.site, conversation: parts.conversation, iat, exp, ...parts.claims };
  const input = `${encode(header)}.${encode(claims)}`;
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, keys.privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
