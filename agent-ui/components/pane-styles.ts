import { css } from 'lit';

/** The bar over a pane, alike in all of them so that their lower edges meet. */
export const paneStyles = css`
  .bar {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: 56px;
    padding: var(--space-4) var(--space-12) var(--space-4) var(--space-24);
    border-bottom: 1px solid var(--edge);
  }

  .bar h2 {
    overflow: hidden;
    font-size: var(--text-16);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .bar .grow {
    flex: 1;
    min-width: 0;
  }

  .only-narrow,
  .only-phone {
    display: none;
  }

  @media (max-width: 899px) {
    .only-narrow {
      display: inline-flex;
    }
  }

  @media (max-width: 599px) {
    .only-phone {
      display: inline-flex;
    }

    .bar {
      padding-inline: var(--space-4);
    }
  }
`;
