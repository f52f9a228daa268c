/** A stretch of a message: as written, and where it leads if it is a link that can be trusted to say so. */
export interface Part {
  readonly text: string;
  readonly href?: string;
  /** What to show where the writing would hide the real host (punycode for look-alikes). */
  readonly shown?: string;
}

/**
 * What might be an address, where a word may begin: a scheme that leads to the web or to a mailbox, or `www.`, then
 * anything but white space, quotes, and characters that do not show or turn the direction; brackets in pairs, as many an encyclopedia has them; and at
 * the end nothing that ends a sentence.
 */
const candidate =
  /(?<![\p{L}\p{N}@/\\])(https?:\/\/|mailto:|www\.)(\([^\s()]*\)|[^\s()<>"`\p{C}])*(\([^\s()]*\)|[^\s()<>"`\p{C}.,:;!?'’”*_\]}»])/giu;

/** Splits a text into plain stretches and links; put together again, the parts are the text. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(candidate)) {
    const link = linkOf(address);
    if (!link) continue;
    parts.push({ text: text.slice(end, index) }, link);
    end = index + address.length;
  }
  return [...parts, { text: text.slice(end) }];
}

function linkOf(text: string): Part | null {
  const address = /^www/i.test(text) ? `https://${text}` : text;
  if (!URL.canParse(address)) return null;
  const { protocol, host, username, password, href } = new URL(address);
  const isMail = protocol === 'mailto:';
  // A host after somebody's name pretends to be that name; a mailbox beyond ASCII, to be another.
  if (isMail ? /[^!-~]/.test(text) : username || password) return null;
  const written = address.slice(protocol.length + 2).toLowerCase();
  return isMail || written.startsWith(host) ? { text, href } : { text, href, shown: href };
}
