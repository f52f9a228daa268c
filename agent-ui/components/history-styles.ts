import { css } from 'lit';

export const historyStyles = css`
  :host {
    position: relative;
    display: block;
    min-height: 0;
  }

  .scroller {
    height: 100%;
    overflow-y: auto;
    overscroll-behavior: contain;
    /* Where the browser would also correct the position, the two would add up. */
    overflow-anchor: none;
  }

  .column {
    display: flow-root;
    max-width: var(--column);
    margin: 0 auto;
    padding: var(--space-8) var(--space-24) var(--space-16);
  }

  .piece {
    display: flow-root;
  }

  .day,
  .line {
    margin: var(--space-16) 0 var(--space-8);
    color: var(--ink-soft);
    font-size: var(--text-12);
    text-align: center;
  }

  .day {
    font-weight: 600;
  }

  .line {
    margin-block: var(--space-12);
  }

  .line.bad {
    color: var(--red);
  }

  .line.closing {
    padding-top: var(--space-12);
    border-top: 1px solid var(--edge);
    color: var(--ink);
    font-size: var(--text-14);
  }

  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: 85%;
    margin-top: 2px;
  }

  .message.first {
    margin-top: var(--space-12);
  }

  .sought {
    border-radius: var(--radius-bubble);
    outline: 2px solid var(--accent);
    outline-offset: 4px;
  }

  .message.me,
  .message.colleague {
    align-items: flex-end;
    margin-inline-start: auto;
  }

  .author {
    display: flex;
    gap: var(--space-4);
    align-items: center;
    margin: 0 var(--space-12) 2px;
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  @media (forced-colors: active) {
    .text {
      border: 1px solid;
    }
  }

  .me .text {
    background: var(--accent-soft);
  }

  .visitor.last .text {
    border-end-start-radius: 4px;
  }

  :is(.me, .colleague).last .text {
    border-end-end-radius: 4px;
  }

  .private .text {
    border: 1px dashed var(--amber);
    background: var(--amber-soft);
  }

  .files {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-4);
    max-width: 100%;
    margin-top: 2px;
  }

  .me .files,
  .colleague .files {
    justify-content: flex-end;
  }

  .picture {
    display: flex;
  }

  .picture img {
    max-width: 100%;
    height: auto;
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
    background: var(--paper-sunk);
    object-fit: cover;
  }

  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-12);
    align-items: center;
    max-width: 20rem;
    padding: var(--space-8) var(--space-12);
    border: 1px solid var(--edge-strong);
    border-radius: var(--radius-card);
    background: var(--paper-raised);
    color: var(--ink);
    text-decoration: none;
  }

  .file:hover {
    background: var(--paper-hover);
  }

  .private .file,
  .private .picture img {
    border: 1px dashed var(--amber);
  }

  .file-name {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .file-about {
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  .eye {
    display: inline-flex;
    color: var(--amber);
  }

  .sending .text {
    opacity: 0.65;
  }

  .failed .text {
    background: var(--red-soft);
  }

  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-4);
    min-height: 18px;
    margin: 2px var(--space-12) 0;
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  .meta .bad {
    color: var(--red);
  }

  .meta button {
    min-height: 24px;
    padding: 0 var(--space-4);
    border: 0;
    background: none;
    color: var(--accent-ink);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }

  .typing {
    min-height: 1.4em;
    margin: var(--space-8) var(--space-12) 0;
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  .newest {
    position: absolute;
    inset-inline: 0;
    bottom: var(--space-8);
    display: flex;
    justify-content: center;
    pointer-events: none;
  }

  .newest .button {
    border-radius: var(--radius-bubble);
    box-shadow: var(--shadow);
    pointer-events: auto;
  }
`;
