import { css } from 'lit';

export const offerDialogStyles = css`
  dialog {
    width: min(32rem, calc(100vw - 2 * var(--space-16)));
  }

  form {
    display: grid;
    gap: var(--space-12);
  }

  ol {
    display: grid;
    gap: var(--space-12);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--space-4);
  }

  li ui-icon-button {
    margin-top: 21px;
  }

  .field .description {
    font-size: var(--text-12);
  }

  ol + .button {
    justify-self: start;
  }

  .choices {
    display: grid;
    gap: var(--space-4);
    padding-top: var(--space-8);
    border-top: 1px solid var(--edge);
  }

  .amounts {
    display: grid;
    grid-template-columns: 6rem 6rem;
    gap: var(--space-12);
    padding-inline-start: var(--space-24);
  }

  dialog .flaw {
    color: var(--red);
  }

  .flaw:empty {
    display: none;
  }

  dialog footer {
    margin-top: 0;
  }
`;
