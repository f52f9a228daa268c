import { css } from 'lit';

/** The list and the chat beside it; on a phone one of them at a time. */
export const logStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / clamp(300px, 38vw, 480px) minmax(0, 1fr);
    min-height: 0;
    height: 100%;
    background: var(--paper);
  }

  .list {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
    border-inline-end: 1px solid var(--edge);
    background: var(--paper-sunk);
  }

  .head {
    display: grid;
    gap: var(--space-12);
    padding: var(--space-16);
    border-bottom: 1px solid var(--edge);
  }

  h1 {
    font-size: var(--text-16);
    font-weight: 600;
  }

  .results {
    min-height: 0;
    padding: var(--space-8);
    overflow-y: auto;
  }

  .foot {
    padding: var(--space-12);
    color: var(--ink-soft);
    text-align: center;
  }

  .soft {
    font-size: var(--text-12);
  }

  .notice {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    margin: var(--space-4) var(--space-4) var(--space-8);
    padding: var(--space-8) var(--space-12);
    border-radius: var(--radius-control);
    background: var(--accent-soft);
    font-size: var(--text-12);
  }

  .none {
    place-self: center;
    padding: var(--space-24);
    color: var(--ink-soft);
    text-align: center;
  }

  .exports {
    position: relative;
    margin-inline-start: auto;
  }

  .exports summary {
    list-style: none;
  }

  .exports summary::-webkit-details-marker {
    display: none;
  }

  .exports ul {
    position: absolute;
    z-index: 1;
    inset-inline-end: 0;
    display: grid;
    min-width: 15rem;
    margin: var(--space-4) 0 0;
    padding: var(--space-4);
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
    background: var(--paper-raised);
    box-shadow: var(--shadow);
    list-style: none;
  }

  .exports a {
    display: flex;
    align-items: center;
    min-height: var(--target);
    padding: var(--space-4) var(--space-12);
    border-radius: var(--radius-control);
    color: var(--ink);
    text-decoration: none;
  }

  .exports a:hover {
    background: var(--paper-hover);
  }

  @media (max-width: 759px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }

    .list {
      border: 0;
    }

    .list.behind,
    .none {
      display: none;
    }
  }
`;
