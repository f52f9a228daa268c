import { css } from 'lit';
import { pageStyles } from '../page-styles.ts';

export const privacyStyles = [
  ...pageStyles,
  css`
    .finder {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
      gap: var(--space-12);
      align-items: end;
    }

    .finder .button {
      justify-self: start;
    }

    h2 {
      font-size: var(--text-16);
    }

    .found {
      display: grid;
      gap: var(--space-16);
      padding: var(--space-16);
      border: 1px solid var(--edge);
      border-radius: var(--radius-card);
    }

    dl {
      display: grid;
      grid-template-columns: max-content 1fr;
      gap: var(--space-4) var(--space-16);
      margin: 0;
    }

    dt {
      color: var(--ink-soft);
    }

    dd {
      margin: 0;
      font-variant-numeric: tabular-nums;
    }

    section {
      display: grid;
      gap: var(--space-12);
    }

    .typed {
      font-weight: 600;
      overflow-wrap: anywhere;
    }

    .button.grave:not(:disabled) {
      border-color: currentColor;
      color: var(--red);
    }
  `,
];
