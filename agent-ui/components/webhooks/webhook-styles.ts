import { css } from 'lit';
import { pageStyles, partStyles } from '../page-styles.ts';

const own = css`
  /* A column is as wide as its longest word; an address may break anywhere. */
  td {
    overflow-wrap: break-word;
  }

  td.address {
    min-width: 10rem;
    overflow-wrap: anywhere;
  }

  p a {
    color: var(--accent-ink);
  }

  h2,
  .head h2 {
    font-size: var(--text-16);
    font-weight: 600;
    white-space: nowrap;
  }

  .tag.private {
    display: inline-flex;
    align-items: center;
    gap: var(--space-4);
    vertical-align: bottom;
    border-color: var(--amber);
    border-style: dashed;
    color: var(--amber);
  }

  .tag.good {
    border-color: var(--green);
    color: var(--green);
  }

  .tag.bad {
    border-color: var(--red);
    color: var(--red);
  }

  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-4) var(--space-12);
    padding: var(--space-12) var(--space-16);
    border: 1px solid var(--red);
    border-radius: var(--radius-card);
    background: var(--red-soft);
  }

  .notice .icon {
    color: var(--red);
  }

  .notice .small {
    grid-column: 2;
  }

  @media (max-width: 599px) {
    .notice {
      grid-template-columns: auto minmax(0, 1fr);
    }

    .notice .small,
    .notice .button {
      grid-column: 1 / -1;
    }
  }

  .kinds {
    grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
    gap: 0 var(--space-12);
  }

  .parts {
    display: grid;
    gap: var(--space-32);
  }
`;

export const webhookStyles = [...pageStyles, own];
export const webhookPartStyles = [...partStyles, own];
