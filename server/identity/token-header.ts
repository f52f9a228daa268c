import type { TokenCheck } from '../../protocol/codes.ts';
import type { KeyAlgorithm } from '../../protocol/http.ts';
import type { JsonObject } from './strict-json.ts';

export interface TokenHeader {
  readonly algorithm: KeyAlgorithm;
  readonly keyId: string;
  readonly type: string | undefined;
}

type Parsed = { readonly ok: true; readonly header: TokenHeader } | { readonly ok: false; readonly check: TokenCheck };

const algorithms: readonly string[] = ['HS256', 'ES256', 'RS256', 'PS256', 'EdDSA'] satisfies KeyAlgorithm[];

/** Visible ASCII. The names that identity providers give their keys are longer and freer than ours. */
const keyIdForm = /^[\x21-\x7e]{1,256}$/;

/**
 * Exactly `alg`, `kid` and `typ`. Everything else a header may hold either brings its own key (`jwk`, `jku`, `x5c`,
 * `x5u`), changes what is signed (`b64`, `crit`, `zip`), or nests another token (`cty`); none has a use here.
 */
export function parseTokenHeader(header: JsonObject): Parsed {
  const { alg, kid, typ, ...rest } = header;
  if (Object.keys(rest).length > 0) return refused('header');
  if (typeof alg !== 'string' || typeof kid !== 'string' || !keyIdForm.test(kid)) return refused('header');
  if (typ !== undefined && typeof typ !== 'string') return refused('type');
  if (!isAlgorithm(alg)) return refused('algorithm');
  return { ok: true, header: { algorithm: alg, keyId: kid, type: typ } };
}

const isAlgorithm = (alg: string): alg is KeyAlgorithm => algorithms.includes(alg);
const refused = (check: TokenCheck) => ({ ok: false, check }) as const;
