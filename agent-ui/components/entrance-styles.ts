import { css } from 'lit';

/** A page in front of the desk: one card in the middle, like the one to sign in with. */
export const entranceStyles = css`
  :host {
    display: grid;
    place-items: center;
    height: 100%;
    padding: var(--space-16);
    background: var(--paper-sunk);
  }

  .entrance {
    display: grid;
    gap: var(--space-16);
    width: min(26rem, 100%);
    padding: var(--space-32);
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
    background: var(--paper);
  }

  .entrance h1 {
    font-size: var(--text-20);
    font-weight: 600;
    line-height: 1.25;
  }
`;
