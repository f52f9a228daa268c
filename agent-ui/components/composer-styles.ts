import { css } from 'lit';
import { unseen } from '../primitives/reset.ts';

/** Where the words of the tools would take a second row, their icons stand alone; the words are still read out. */
export const toolStyles = css`
  @container composer (max-width: 26rem) {
    .word {
      ${unseen}
    }

    .button.quiet {
      min-width: var(--target);
      padding-inline: 0;
    }
  }
`;

export const composerStyles = css`
  :host {
    display: block;
    width: 100%;
    max-width: var(--column);
    margin: 0 auto;
    padding: 0 var(--space-24) var(--space-16);
  }

  .box {
    container: composer / inline-size;
    position: relative;
    border: 1px solid var(--edge-strong);
    border-radius: var(--radius-card);
    background: var(--paper);
  }

  .box:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: -1px;
  }

  textarea {
    display: block;
    width: 100%;
    min-height: 4.5rem;
    max-height: 12rem;
    padding: var(--space-12);
    border: 0;
    background: none;
    color: var(--ink);
    font: inherit;
    line-height: 1.5;
    resize: none;
    field-sizing: content;
  }

  textarea:focus-visible {
    outline: none;
  }

  textarea::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }

  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    padding: var(--space-4) var(--space-4) 0;
  }

  .foot {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    padding: 0 var(--space-8) var(--space-8) var(--space-12);
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  .tools {
    flex: 1;
    min-width: 0;
  }

  .hint {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tools .bad {
    color: var(--red);
  }

  .button {
    font-size: var(--text-14);
  }

  @media (pointer: coarse) {
    textarea {
      font-size: var(--text-16);
    }

    .hint {
      display: none;
    }
  }

  @media (max-width: 599px) {
    :host {
      padding: 0 var(--space-12) var(--space-12);
    }

    textarea {
      min-height: 3rem;
    }
  }

  .box.private {
    border-color: var(--amber);
    background: var(--amber-soft);
  }

  .private:focus-within {
    outline-color: var(--amber);
  }

  .toolbar .on {
    border-color: var(--amber);
    background: var(--amber-soft);
    color: var(--amber);
  }

  .private .toolbar .on {
    background: var(--paper);
  }

  .foot .amber {
    display: inline-flex;
    gap: var(--space-4);
    align-items: center;
    color: var(--amber);
    font-weight: 500;
  }

  .private .button.primary {
    background: var(--amber);
    color: var(--paper);
  }

  .where {
    font-weight: 400;
    font-size: var(--text-12);
  }
`;
