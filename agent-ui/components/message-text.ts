import { css, html } from 'lit';
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

export const messageTextStyles = css`
  .text {
    max-width: 100%;
    padding: var(--space-8) var(--space-12);
    /* A pile of accents must not reach over its neighbours. */
    overflow: clip;
    border-radius: var(--radius-bubble);
    background: var(--paper-hover);
    line-height: 1.5;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }

  .text a {
    color: var(--accent-ink);
  }
`;
