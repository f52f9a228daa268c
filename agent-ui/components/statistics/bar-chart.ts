import { css, html, svg, type TemplateResult } from 'lit';

export interface Bar {
  readonly label: string;
  /** Null is where there is nothing to show. */
  readonly value: number | null;
  readonly text: string;
}

interface BarChart {
  readonly title: string;
  /** What it shows, in a sentence: the table has the numbers. */
  readonly summary: string;
  readonly bars: readonly Bar[];
  /** The end of the scale; otherwise the longest bar is. */
  readonly most?: number;
}

const height = 80;
const step = 10;

/** One series, so that no colour has to tell several apart. */
export function barChart({ title, summary, bars, most }: BarChart): TemplateResult {
  const top = most ?? Math.max(1, ...bars.map(({ value }) => value ?? 0));
  const width = Math.max(1, bars.length) * step;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${title}. ${summary}">
      ${bars.map(({ label, value, text }, index) => bar({ label, text, index, length: ((value ?? 0) / top) * height }))}
    </svg>
    <div class="ends soft small" aria-hidden="true">
      <span>${bars[0]?.label}</span><span>${bars.length > 1 ? bars.at(-1)?.label : ''}</span>
    </div>
    <p class="soft small" aria-hidden="true">${summary}</p>
  </figure>`;
}

interface DrawnBar {
  readonly label: string;
  readonly text: string;
  readonly index: number;
  readonly length: number;
}

/** What has a value at all is seen, and where the pointer is need not hit it. */
const bar = ({ label, text, index, length }: DrawnBar) => {
  const drawn = length > 0 ? Math.max(length, 2) : 0;
  return svg`<g>
    <title>${label}: ${text}</title>
    <rect class="ground" x=${index * step} y="0" width=${step} height=${height}></rect>
    <rect class="bar" x=${index * step + 1} y=${height - drawn} width=${step - 2} height=${drawn}></rect>
  </g>`;
};

export const barChartStyles = css`
  figure {
    min-width: 0;
    margin: 0;
    padding: var(--space-12) var(--space-16);
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
  }

  figcaption {
    margin-bottom: var(--space-8);
    font-weight: 600;
  }

  svg {
    display: block;
    width: 100%;
    height: 80px;
    border-bottom: 1px solid var(--edge-strong);
  }

  .bar {
    fill: var(--accent);
  }

  .ground {
    fill: transparent;
  }

  g:hover .ground {
    fill: var(--paper-hover);
  }

  .ends {
    display: flex;
    justify-content: space-between;
    min-height: 1.5em;
  }

  @media (forced-colors: active) {
    .bar {
      fill: CanvasText;
    }
  }
`;
