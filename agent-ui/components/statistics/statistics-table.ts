import { html, type TemplateResult } from 'lit';
import type { Figures } from '../../../protocol/statistics.ts';
import { durationText } from '../../state/statistics.ts';
import type { TextKey, Texts } from '../../texts.ts';

export interface FiguresRow {
  readonly name: string;
  readonly figures: Figures;
}

/** In the order in which they are shown. */
export const shownFigures = [
  ...(['requests', 'offered', 'accepted', 'declined', 'missed', 'abandoned', 'messages'] as const),
  ...(['waitMedianMs', 'wait90Ms', 'serviceLevel', 'durationMs', 'score'] as const),
] satisfies (keyof Figures)[];
export type ShownFigure = (typeof shownFigures)[number];

export const figureLabel = (figure: ShownFigure): TextKey => `statistics.${figure}`;

/** A dash where there is nothing to take it from. */
export function figureText(figure: ShownFigure, figures: Figures, { locale }: Texts): string {
  const value = figures[figure];
  if (value === null) return '–';
  if (figure === 'serviceLevel') return value.toLocaleString(locale, { style: 'percent' });
  if (figure.endsWith('Ms')) return durationText(value, locale);
  return value.toLocaleString(locale, { maximumFractionDigits: 1 });
}

export function figuresTable(head: string, rows: readonly FiguresRow[], texts: Texts): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${head}>
    <table>
      <thead>
        <tr>
          <th scope="col">${head}</th>
          ${shownFigures.map((figure) => html`<th scope="col" class="number">${texts.t(figureLabel(figure))}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, figures }) =>
            html`<tr>
              <th scope="row"><bdi>${name}</bdi></th>
              ${shownFigures.map((figure) => html`<td class="number">${figureText(figure, figures, texts)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
