import { css } from 'lit';

/** One place in the bar: a drawing over its name, which is never broken: the bar is as wide as its longest. */
export const placeStyles = css`
  .place {
    display: grid;
    gap: 2px;
    place-items: center;
    align-content: center;
    min-width: 56px;
    min-height: 52px;
    padding: var(--space-4);
    border: 0;
    border-radius: var(--radius-card);
    background: transparent;
    color: var(--ink);
    font: inherit;
    font-size: var(--text-12);
    white-space: nowrap;
    cursor: pointer;
  }

  .place:hover {
    background: var(--paper-hover);
  }

  .place[aria-current] {
    background: var(--accent-soft);
    color: var(--accent-ink);
  }

  @media (max-width: 599px) {
    .place {
      width: 100%;
      min-width: 44px;
    }
  }
`;

/** Only where the bar keeps places behind it. */
export const moreStyles = css`
  :host {
    display: none;
  }

  [role='menuitem'] {
    min-height: 44px;
  }

  [role='menuitem'][aria-current] {
    background: var(--accent-soft);
    color: var(--accent-ink);
  }

  @media (max-width: 599px), (max-height: 539px) {
    :host {
      display: block;
    }
  }
`;

/** A column at the edge; on a phone a row over everything. */
export const barStyles = css`
  nav {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: var(--space-8);
    height: 100%;
    min-width: 64px;
    padding: var(--space-16) var(--space-4);
    overflow-y: auto;
    border-inline-end: 1px solid var(--edge);
    background: var(--paper-sunk);
  }

  nav > * {
    flex: none;
  }

  .mark {
    display: grid;
    place-items: center;
    align-self: center;
    width: 36px;
    height: 36px;
    margin-bottom: var(--space-8);
    border-radius: var(--radius-card);
    background: var(--accent);
    color: var(--on-accent);
  }

  .foot {
    position: relative;
    display: grid;
    gap: var(--space-8);
    justify-items: center;
    margin-top: auto;
  }

  .state {
    color: var(--ink-soft);
    font-size: var(--text-12);
    white-space: nowrap;
  }

  /* A low window is one of a laptop at 200 %. */
  @media (max-width: 599px), (max-height: 539px) {
    nav {
      gap: var(--space-4);
      padding-block: var(--space-8);
    }

    .mark,
    .further {
      display: none;
    }
  }

  @media (max-width: 599px) {
    nav {
      flex-direction: row;
      height: auto;
      padding: var(--space-4);
      overflow: visible;
      border: 0;
      border-bottom: 1px solid var(--edge);
    }

    nav > :is(.place, balie-nav-more, .foot) {
      flex: 1 1 auto;
      width: auto;
    }

    .foot {
      gap: 0;
      align-content: center;
      min-height: 52px;
      margin: 0;
    }

    .foot [popovertarget] {
      order: -1;
    }

    /* Under the drawing, as the names of the places are; and all of it opens the menu. */
    .foot [popovertarget]::after {
      position: absolute;
      inset: 0;
      content: '';
    }

    /* One who has the chats alone needs no way to them. */
    nav:not(:has(.place + .place)) {
      padding: var(--space-4) var(--space-16);
      border: 0;

      > * {
        flex: none;
      }

      .place {
        display: none;
      }

      .mark {
        display: grid;
        align-self: center;
        margin: 0;
      }

      .foot {
        display: flex;
        gap: var(--space-8);
        align-items: center;
        margin-inline-start: auto;
      }

      .foot [popovertarget] {
        order: 0;
      }
    }
  }
`;
