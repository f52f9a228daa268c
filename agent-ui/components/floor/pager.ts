import { html, nothing, type TemplateResult } from 'lit';
import type { Texts } from '../../texts.ts';

export const rowsPerPage = 50;

/** The rows of one page; the last page where there is no such page any more. */
export function pageOf<Row>(
  rows: readonly Row[],
  page: number,
): { readonly rows: readonly Row[]; readonly page: number } {
  const last = Math.max(0, Math.ceil(rows.length / rowsPerPage) - 1);
  const shown = Math.min(page, last);
  return { rows: rows.slice(shown * rowsPerPage, (shown + 1) * rowsPerPage), page: shown };
}

interface Pager {
  readonly texts: Texts;
  readonly count: number;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** Nothing where one page holds all. */
export function pager({ texts, count, page, onPage }: Pager): TemplateResult | typeof nothing {
  if (count <= rowsPerPage) return nothing;
  const { t } = texts;
  const to = Math.min(count, (page + 1) * rowsPerPage);
  return html`<div class="pager">
    <button class="button" type="button" ?disabled=${page === 0} @click=${() => onPage(page - 1)}>
      ${t('floor.page.before')}
    </button>
    <span role="status">${t('floor.page', { from: page * rowsPerPage + 1, to, count })}</span>
    <button class="button" type="button" ?disabled=${to === count} @click=${() => onPage(page + 1)}>
      ${t('floor.page.after')}
    </button>
  </div>`;
}
