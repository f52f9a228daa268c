import { css } from 'lit';

/** The grid of the desk: four columns, three under 900 px, one under 600 px. */
export const shellStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    grid-template-columns: auto clamp(216px, 20vw, 280px) minmax(0, 1fr) auto;
    height: 100%;
    overflow: hidden;
    background: var(--paper);
  }

  .side {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    min-height: 0;
    border-inline-end: 1px solid var(--edge);
    background: var(--paper-sunk);
  }

  .page-at {
    grid-area: 1 / 2 / 2 / -1;
    min-width: 0;
    min-height: 0;
  }

  main.page-at {
    display: grid;
  }

  main:not(.page-at) {
    grid-area: 1 / 3;
    min-width: 0;
    min-height: 0;
  }

  balie-close-dialog,
  balie-keys-dialog {
    position: absolute;
  }

  .panel {
    height: 100%;
    min-height: 0;
  }

  balie-details-pane {
    width: clamp(256px, 24vw, 340px);
    min-height: 0;
  }

  /* Over the pane, under its bar: what comes and goes there moves nothing. */
  .notices {
    z-index: 4;
    display: grid;
    grid-area: 1 / 3;
    gap: var(--space-8);
    align-self: start;
    justify-items: center;
    margin-top: 64px;
    padding-inline: var(--space-16);
    pointer-events: none;
  }

  .notices ui-toast {
    pointer-events: auto;
  }

  .connection span {
    padding: var(--space-4) var(--space-12);
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
    background: var(--paper-raised);
    box-shadow: var(--shadow);
    color: var(--ink-soft);
    font-size: var(--text-12);
    /* A connection that is back within the second was never worth a word. */
    animation: appear 1ms 800ms backwards;
  }

  @keyframes appear {
    from {
      visibility: hidden;
    }
  }

  @media (max-width: 899px) {
    balie-details-pane {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      z-index: 3;
      width: min(340px, 100%);
      box-shadow: var(--shadow);
    }

    :host(:not([front='details'])) balie-details-pane {
      display: none;
    }
  }

  @media (max-width: 599px) {
    :host {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }

    .side {
      border: 0;
    }

    .page-at {
      grid-area: 2 / 1;
    }

    .notices {
      position: absolute;
      inset: 0 0 auto;
    }

    :host([front='list']) .notices {
      inset: auto 0 var(--space-16);
    }

    main:not(.page-at),
    balie-details-pane {
      position: absolute;
      inset: 0;
      z-index: 1;
      width: auto;
      background: var(--paper);
    }

    :host([front='list']) main:not(.page-at) {
      display: none;
    }

    :host([front='chat']) :is(balie-nav-bar, .side),
    :host([front='details']) :is(balie-nav-bar, .side, main:not(.page-at)) {
      visibility: hidden;
    }
  }
`;
