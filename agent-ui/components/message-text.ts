import { html } from 'lit';
import { findLinks } from '../state/links.ts';

/**
 * What somebody wrote: text nodes and safe links, nothing else, in a direction of its own; an address reads from left to
 * right whatever mark stands before it.
 */
export function messageText(text: string, describe: (host: string) => string) {
  return html`<p class="text" dir="auto"
    >${findLinks(text).map((piece) =>
      piece.kind === 'text'
        ? piece.text
        : html`<a
            dir="ltr"
            href=${piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            title=${describe(piece.host)}
            >${piece.text}</a
          >`,
    )}</p
  >`;
}
