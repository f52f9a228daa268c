import { css } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { choiceStyles } from '../primitives/choice.ts';
import { dialogStyles } from '../primitives/dialog.ts';
import { fieldStyles } from '../primitives/field.ts';
import { moreSideways } from '../primitives/more-sideways.ts';
import { reset } from '../primitives/reset.ts';

const page = css`
  :host {
    display: block;
    min-width: 0;
    min-height: 0;
    padding: var(--space-24) var(--space-32) var(--space-32);
    overflow-y: auto;
    background: var(--paper);
  }

  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-24);
    max-width: 960px;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-12);
  }

  .head h1,
  .head h2 {
    flex: 1;
    /* What stands beside it goes to the next line before a word is broken. */
    overflow-wrap: break-word;
    font-size: var(--text-20);
    font-weight: 600;
  }

  a:not(.button) {
    color: var(--accent-ink);
  }

  h3 {
    font-size: var(--text-14);
    font-weight: 600;
  }

  .soft {
    color: var(--ink-soft);
  }

  .small {
    font-size: var(--text-12);
  }

  .problem {
    color: var(--red);
  }

  .problem:empty {
    display: none;
  }

  .nothing {
    padding: var(--space-32);
    border: 1px dashed var(--edge-strong);
    border-radius: var(--radius-card);
    color: var(--ink-soft);
    text-align: center;
  }

  .tag {
    display: inline-block;
    padding: 0 var(--space-8);
    border: 1px solid var(--edge);
    border-radius: var(--radius-control);
    color: var(--ink-soft);
    font-size: var(--text-12);
    white-space: nowrap;
  }

  /* Beside others it is as long as what it says, an address maybe. */
  .row > .tag {
    min-width: 0;
    overflow-wrap: anywhere;
    white-space: normal;
  }

  .button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent-ink);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-8);
  }

  .end {
    justify-content: flex-end;
  }

  code,
  pre {
    font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
    font-size: var(--text-12);
  }

  pre {
    margin: 0;
    padding: var(--space-12);
    overflow: auto;
    border: 1px solid var(--edge);
    border-radius: var(--radius-control);
    background: var(--paper-sunk);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  @media (max-width: 599px) {
    :host {
      padding: var(--space-16);
    }
  }
`;

const table = css`
  .scroll {
    overflow-x: auto;
    ${moreSideways}
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: var(--space-8) var(--space-12);
    border-bottom: 1px solid var(--edge);
    text-align: start;
    vertical-align: baseline;
    overflow-wrap: break-word;
  }

  th {
    color: var(--ink-soft);
    font-size: var(--text-12);
    font-weight: 500;
    white-space: nowrap;
  }

  td.number,
  th.number {
    text-align: end;
  }

  tbody tr:hover {
    background: var(--paper-hover);
  }

  :is(td, tbody th) .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent-ink);
    font: inherit;
    font-weight: 500;
    text-align: start;
    /* The row stands on the first line of a name, not on its last. */
    vertical-align: top;
    cursor: pointer;
  }

  :is(td, tbody th) .link:hover {
    text-decoration: underline;
  }
`;

const form = css`
  form,
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-16);
  }

  fieldset {
    display: grid;
    gap: var(--space-12);
    margin: 0;
    padding: var(--space-16);
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
  }

  legend {
    padding: 0 var(--space-8);
    font-weight: 600;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    align-items: start;
    gap: var(--space-12);
  }

  dialog.wide {
    width: min(44rem, calc(100vw - 2 * var(--space-16)));
  }
`;

/** What every page looks like: its head, tables, forms and dialogs. */
export const pageStyles = [reset, buttonStyles, fieldStyles, choiceStyles, dialogStyles, page, table, form];

/** The same for what stands in a page and is not all of it. */
export const partStyles = [
  ...pageStyles,
  css`
    :host {
      padding: 0;
      overflow: visible;
    }
  `,
];
