import { ContextConsumer } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { limits } from '../../../protocol/limits.ts';
import type { StatisticsGrouping, StatisticsReport } from '../../../protocol/statistics.ts';
import { choiceField, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { dayHere, type Period, periods, queryOf, type StatisticsChoice, spanOf } from '../../state/statistics.ts';
import { ConsolePage } from '../console-page.ts';
import { deskContext } from '../desk-context.ts';
import { pageStyles } from '../page-styles.ts';
import { barChart, barChartStyles } from './bar-chart.ts';
import './rating-comments.ts';
import {
  type FiguresRow,
  figureLabel,
  figuresTable,
  figureText,
  type ShownFigure,
  shownFigures,
} from './statistics-table.ts';

const groupings: readonly StatisticsGrouping[] = ['day', 'queue', 'agent'];
const charted: readonly ShownFigure[] = ['accepted', 'missed', 'waitMedianMs', 'score'];

/** What was counted: figures, charts, and the same as tables and as a file. */
export class StatisticsPage extends ConsolePage {
  static override properties = {
    choice: { state: true },
    by: { state: true },
    today: { state: true },
    counted: { state: true },
  };
  static override styles = [
    ...pageStyles,
    barChartStyles,
    css`
      .page {
        max-width: 1120px;
      }

      .figures,
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(132px, 100%), 1fr));
        gap: var(--space-12);
        margin: 0;
      }

      .charts {
        grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
      }

      .figures dt {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .figures dd {
        margin: 0;
        font-size: var(--text-20);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }

      a.button {
        text-decoration: none;
      }

      td.number {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      tbody th {
        color: var(--ink);
        font-size: inherit;
      }

      .pair {
        grid-template-columns: repeat(auto-fill, minmax(min(180px, 100%), 1fr));
      }
    `,
  ];

  declare choice: StatisticsChoice;
  declare by: StatisticsGrouping;
  /** At the desk. */
  declare today: string;
  /** How often more was counted since the page was opened. */
  declare counted: number;
  readonly #desk = new ContextConsumer(this, { context: deskContext });
  #report: Resource<StatisticsReport> | undefined;

  constructor() {
    super();
    this.today = dayHere(new Date());
    this.choice = { period: '7', from: this.today, to: this.today, queue: '', agent: '' };
    this.by = 'day';
    this.counted = 0;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#desk.value?.counting.open(() => this.#readAnew());
    if (this.#report) return;
    this.#report = this.resource<StatisticsReport>(this.#path());
    this.#report.store.subscribe(() => this.#learnToday());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#desk.value?.counting.close();
  }

  override render() {
    const { value, problem } = this.#report?.store.get() ?? { value: null, problem: null };
    return html`<div class="page">
      <div class="head"><h1>${this.t('statistics.title')}</h1></div>
      ${this.#choices(value)} ${this.problem(problem)} ${value ? this.#shown(value) : nothing}
    </div>`;
  }

  #choices(report: StatisticsReport | null) {
    const { period, from, to } = this.choice;
    const all = { value: '', label: this.t('statistics.all') };
    const named = (list: readonly { id: string; name: string }[] = []) => [
      all,
      ...list.map(({ id, name }) => ({ value: id, label: name })),
    ];
    return html`<form class="pair" @submit=${(event: Event) => event.preventDefault()} @change=${this.#chosen}>
      ${choiceField({ name: 'period', label: this.t('statistics.period'), value: period, options: periods.map((value) => ({ value, label: this.t(`statistics.period.${value}`) })) })}
      ${
        period === 'custom'
          ? html`${inputField({ name: 'from', label: this.t('statistics.from'), type: 'date', value: from, required: true })}
            ${inputField({ name: 'to', label: this.t('statistics.to'), type: 'date', value: to, required: true })}`
          : nothing
      }
      ${choiceField({ name: 'queue', label: this.t('statistics.queue'), options: named(report?.choices.queues) })}
      ${choiceField({ name: 'agent', label: this.t('statistics.agent'), options: named(report?.choices.agents) })}
    </form>`;
  }

  #shown(report: StatisticsReport) {
    const { total, timeZone } = report;
    return html`
      <dl class="figures">
        ${shownFigures.map(
          (figure) =>
            html`<div>
              <dt>${this.t(figureLabel(figure))}</dt>
              <dd>${figureText(figure, total, this.texts)}</dd>
            </div>`,
        )}
      </dl>
      <div class="charts">${charted.map((figure) => this.#chart(figure, report))}</div>
      ${this.#tables(report)} ${this.#counts(report)}
      <section class="stack" aria-labelledby="comments">
        <h3 id="comments">${this.t('statistics.comments')}</h3>
        <balie-rating-comments query=${this.#query()} .counted=${this.counted}></balie-rating-comments>
      </section>
      <p class="soft small">${this.t('statistics.zone', { zone: timeZone })}</p>
    `;
  }

  #chart(figure: ShownFigure, { days, total }: StatisticsReport) {
    const bars = days.map(({ day, figures }) => ({
      label: this.#dayText(day),
      value: figures[figure],
      text: figureText(figure, figures, this.texts),
    }));
    const highest = bars.reduce((one, other) => ((other.value ?? 0) > (one.value ?? 0) ? other : one), bars[0] ?? none);
    const all = this.t('statistics.chart.all', { value: figureText(figure, total, this.texts) });
    const most = highest.value ? this.t('statistics.chart.most', { value: highest.text, day: highest.label }) : '';
    return barChart({
      title: this.t(figureLabel(figure)),
      summary: [all, most].filter(Boolean).join(' '),
      bars,
      ...(figure === 'score' && { most: limits.scoreMost }),
    });
  }

  #tables(report: StatisticsReport) {
    return html`<section class="stack" aria-label=${this.t('statistics.tables')}>
      <div class="row">
        ${groupings.map(
          (by) =>
            html`<button class="button" type="button" aria-pressed=${by === this.by} @click=${() => this.#group(by)}>
              ${this.t(`statistics.by.${by}`)}
            </button>`,
        )}
        <a class="button" href="/api/statistics/export${this.#query()}&by=${this.by}" download>${this.t('statistics.csv')}</a>
      </div>
      ${figuresTable(this.t(`statistics.${this.by}`), this.#rows(report), this.texts)}
    </section>`;
  }

  #rows({ days, queues, agents }: StatisticsReport): FiguresRow[] {
    switch (this.by) {
      case 'day':
        return days.map(({ day, figures }) => ({ name: this.#dayText(day), figures })).reverse();
      case 'queue':
        return queues.map(({ queue, figures }) => ({ name: queue.name, figures }));
      case 'agent':
        return agents.map(({ agent, figures }) => ({ name: agent.name, figures }));
      default:
        return this.by satisfies never;
    }
  }

  #counts({ categories, scores, total }: StatisticsReport) {
    return html`<div class="pair">
      ${this.#count(
        'statistics.category',
        categories.map(({ category, count }) => [category, count]),
      )}
      ${
        total.ratings > 0
          ? this.#count(
              'statistics.score.given',
              scores.map((count, index) => [
                this.t('statistics.of', { score: index + 1, most: limits.scoreMost }),
                count,
              ]),
            )
          : nothing
      }
    </div>`;
  }

  #count(head: 'statistics.category' | 'statistics.score.given', rows: readonly (readonly [string, number])[]) {
    if (rows.length === 0) return nothing;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${this.t(head)}</th>
          <th scope="col" class="number">${this.t('statistics.chats')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(([name, count]): TemplateResult => html`<tr><th scope="row"><bdi>${name}</bdi></th><td class="number">${count.toLocaleString(this.texts.locale)}</td></tr>`)}
      </tbody>
    </table>`;
  }

  /** A day has no time zone. */
  #dayText(day: string): string {
    const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(this.texts.locale, format).format(Date.parse(`${day}T00:00:00Z`));
  }

  #query = () => queryOf(this.choice, this.today);
  #path = () => `/statistics${this.#query()}`;

  #group(by: StatisticsGrouping) {
    this.by = by;
  }

  #readAnew() {
    this.counted++;
    void this.#report?.load();
  }

  /** The desk may be a day ahead of this browser, or behind it. */
  #learnToday() {
    const today = this.#report?.store.get().value?.today;
    if (!today || today === this.today) return;
    this.today = today;
    if (this.choice.period !== 'custom') void this.#report?.load(this.#path());
  }

  readonly #chosen = (event: Event) => {
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '');
    const period = text('period') as Period;
    // What one begins with of one's own is what was shown before.
    const before = spanOf(this.choice, this.today);
    this.choice = {
      period,
      from: text('from') || before.from,
      to: text('to') || before.to,
      queue: text('queue') as StatisticsChoice['queue'],
      agent: text('agent') as StatisticsChoice['agent'],
    };
    void this.#report?.load(this.#path());
  };
}

const none = { label: '', value: null, text: '' };

customElements.define('balie-statistics-page', StatisticsPage);
