import { css } from 'lit';

/**
 * A button stays the platform's own element, in the shadow root of whoever shows it: so it submits its form, is named by
 * its content and can be disabled without any script of ours.
 */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-8);
    min-height: var(--target);
    padding: var(--space-4) var(--space-12);
    border: 1px solid var(--edge-strong);
    border-radius: var(--radius-control);
    background: var(--paper);
    color: var(--ink);
    font: inherit;
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    transition: background-color var(--motion-quick) ease-out;
  }

  .button:hover {
    background: var(--paper-hover);
  }

  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }

  .button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
  }

  .button.quiet {
    border-color: transparent;
    background: transparent;
  }

  .button.quiet:hover:not(:disabled) {
    background: var(--paper-hover);
  }

  .button.large {
    min-height: 40px;
    padding-inline: var(--space-24);
  }

  .button:disabled {
    border-color: var(--edge);
    background: var(--paper-sunk);
    color: var(--ink-soft);
    cursor: default;
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
  }
`;
