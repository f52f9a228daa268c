import { css } from 'lit';

export const floorStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    padding: 0;
    overflow: hidden;
  }

  :host([reading]) {
    grid-template-columns: minmax(0, 1fr) clamp(360px, 42%, 640px);
  }

  .rows {
    min-width: 0;
    padding: var(--space-24) var(--space-32) var(--space-32);
    overflow-y: auto;
  }

  .page {
    max-width: 1120px;
    gap: var(--space-32);
  }

  .part {
    display: grid;
    gap: var(--space-8);
  }

  .head h2 {
    font-size: var(--text-16);
  }

  td,
  th {
    padding-inline: var(--space-8);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  th bdi {
    display: inline-block;
    max-width: 16rem;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
  }

  tbody th {
    color: var(--ink);
    font-size: inherit;
  }

  tr[aria-current='true'],
  tr[aria-current='true']:hover {
    background: var(--accent-soft);
  }

  .late {
    color: var(--amber);
    font-weight: 600;
  }

  .big {
    font-size: var(--text-16);
    font-weight: 600;
  }

  .tag.ready {
    border-color: var(--green);
    color: var(--green);
  }

  .tag.lost {
    border-color: var(--red);
    color: var(--red);
  }

  .tag.waiting {
    border-color: var(--amber);
    color: var(--amber);
  }

  .only {
    width: min(16rem, 100%);
  }

  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-8);
    color: var(--ink-soft);
    font-size: var(--text-12);
  }

  balie-floor-reading {
    min-height: 0;
    border-inline-start: 1px solid var(--edge);
  }

  @media (max-width: 899px) {
    :host([reading]) {
      grid-template-columns: minmax(0, 1fr);
    }

    :host([reading]) .rows {
      display: none;
    }

    balie-floor-reading {
      border: 0;
    }
  }

  @media (max-width: 599px) {
    .rows {
      padding: var(--space-16);
    }

    td,
    th {
      padding: var(--space-8);
    }

    th bdi {
      max-width: 8rem;
    }
  }
`;
