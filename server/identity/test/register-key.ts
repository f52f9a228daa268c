import type { NewSiteKey } from '../../../protocol/http.ts';
import type { SiteKey } from '../../domain/site.ts';
import { parseSiteKey } from '../site-key.ts';

export const register = (input: NewSiteKey, existing: readonly SiteKey[] = [], allowPrivate = false) =>
  parseSiteKey(input, { existing, now: 5, allowPrivate });

/** What becomes of it, in a word and the field that is at fault. */
export const codeOf = (...args: Parameters<typeof register>) => {
  const parsed = register(...args);
  return parsed.ok ? 'accepted' : `${parsed.code} ${parsed.field}`;
};
