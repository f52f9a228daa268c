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

  .choice {
    display: flex;
    gap: var(--space-8);
    align-items: center;
    min-height: 36px;
    padding: 0 var(--space-8);
    border-radius: var(--radius-control);
    cursor: pointer;
  }

  .choice:hover {
    background: var(--paper-hover);
  }

  .choice:has(:checked) {
    background: var(--accent-soft);
  }

  .choice.away {
    color: var(--ink-soft);
    cursor: default;
  }

  .choice input {
    accent-color: var(--accent);
  }

  .about,
  .hint {
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  .about {
    margin-inline-start: auto;
  }

  textarea {
    width: 100%;
    padding: var(--space-8);
    border: 1px solid var(--edge-strong);
    border-radius: var(--radius-control);
    background: var(--paper);
    color: var(--ink);
    font: inherit;
    resize: vertical;
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
