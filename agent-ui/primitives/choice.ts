import { css } from 'lit';

/** How a box to tick and a dot to choose look, each beside its words: alone (`.check`), or as a row of a list (`.choice`). */
export const choiceStyles = css`
  .check,
  .choice {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: var(--target);
    cursor: pointer;
  }

  :is(.check, .choice) input {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--accent);
    cursor: inherit;
  }

  .choice {
    padding: var(--space-4) var(--space-8);
    border-radius: var(--radius-control);
  }

  .choice:hover {
    background: var(--paper-hover);
  }

  .choice:has(:checked) {
    background: var(--accent-soft);
  }

  .choice:has(:disabled) {
    background: none;
    color: var(--ink-soft);
    cursor: default;
  }
`;
