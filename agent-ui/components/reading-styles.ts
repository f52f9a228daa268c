import { css } from 'lit';

export const readingStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }

  .facts {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: var(--space-4) var(--space-16);
    max-height: 30vh;
    margin: 0;
    padding: var(--space-8) var(--space-24);
    overflow-y: auto;
    border-bottom: 1px solid var(--edge);
    background: var(--paper-sunk);
    font-size: var(--text-12);
  }

  .facts:not(:has(*)) {
    display: none;
  }

  .facts div {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    min-width: 0;
    min-height: 24px;
  }

  .facts dt {
    color: var(--ink-soft);
  }

  .facts dd {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }

  balie-history {
    flex: 1;
  }

  .foot {
    padding: var(--space-12);
    color: var(--ink-soft);
    text-align: center;
  }

  .foot:empty {
    padding: 0;
  }

  @media (max-width: 599px) {
    .facts {
      padding-inline: var(--space-16);
    }
  }
`;
