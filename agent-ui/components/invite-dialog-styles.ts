import { css } from 'lit';

export const inviteDialogStyles = css`
  form {
    display: grid;
    gap: var(--space-16);
  }

  dialog h2 {
    margin-bottom: 0;
  }

  .tabs {
    display: flex;
    gap: var(--space-4);
    border-bottom: 1px solid var(--edge);
  }

  [role='tab'] {
    min-height: var(--target);
    padding: 0 var(--space-12);
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--ink-soft);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  [role='tab'][aria-selected='true'] {
    border-bottom-color: var(--accent);
    color: var(--ink);
  }

  .list {
    display: grid;
    max-height: 14rem;
    overflow-y: auto;
  }

  .choice bdi {
    overflow-wrap: break-word;
  }

  .about {
    margin-inline-start: auto;
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    color: var(--ink-soft);
    font-size: var(--text-12);
    font-weight: 500;
  }

  .plans {
    display: flex;
    gap: var(--space-8);
  }

  dialog footer {
    margin-top: 0;
  }
`;
