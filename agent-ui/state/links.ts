/** A piece of a message: plain text, or an address that may be a link. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string; readonly host: string };

/**
 * Ends an address: white space, quotes, angle brackets, and every invisible or direction-changing character, which would
 * let the address read as another.
 */
const stop = '\\s\\p{C}<>"`\u00AB\u00BB\u201C\u201D';
const candidate = new RegExp(
  `(?:https?://|www\\.)[^${stop}]+|(?:mailto:)?[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})+`,
  'giu',
);
const longestLink = 2048;

/** Splits a text into words and safe links. Joined again, the texts say what was written, hosts in their real form. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(candidate)) {
    const raw = trimEnd(match[0]);
    const before = text[match.index - 1];
    const link = before && /[\p{L}\p{N}@/\\]/u.test(before) ? null : parseLink(raw);
    if (!link) continue;
    if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index) });
    pieces.push(link);
    at = match.index + raw.length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

/** Punctuation after an address belongs to the sentence; so does a bracket that was opened before it. */
function trimEnd(raw: string): string {
  let end = raw.length;
  for (; end > 0; end--) {
    const last = raw[end - 1] ?? '';
    if (last === ')' && isClosed(raw.slice(0, end))) break;
    if (!/[.,:;!?'’)\]}…]/u.test(last)) break;
  }
  return raw.slice(0, end);
}

const isClosed = (raw: string) => raw.split('(').length >= raw.split(')').length;

function parseLink(raw: string): Piece | null {
  if (raw.length > longestLink) return null;
  if (/^(mailto:)?[^/:@]+@/i.test(raw)) return mailLink(raw);
  const address = /^https?:/i.test(raw) ? raw : `https://${raw}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  // `https://bank.example@evil.example` goes to evil.example: a name before the host is never honest in a chat.
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return { kind: 'link', text: shown(raw, url), href: url.href, host: url.host };
}

function mailLink(raw: string): Piece {
  const address = raw.replace(/^mailto:/i, '');
  return { kind: 'link', text: raw, href: `mailto:${address}`, host: address };
}

/** As it was written, but with the host that is really asked for: an IDN in punycode, so that no look-alike deceives. */
function shown(raw: string, url: URL): string {
  const [, scheme = '', rest = ''] = /^(https?:\/*)?(.*)$/is.exec(raw) ?? [];
  const typedHost = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
  return typedHost.toLowerCase() === url.host ? raw : scheme + url.host + rest.slice(typedHost.length);
}
