import { css, html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { limits } from '../../../protocol/limits.ts';
import type { RatingComments as Comments } from '../../../protocol/statistics.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';
import { dayAndTimeOf } from '../times.ts';

/** What visitors said of their chats, the newest first. */
export class RatingComments extends ConsolePage {
  static override properties = { query: {}, counted: { type: Number }, earlier: { state: true } };
  static override styles = [
    ...partStyles,
    css`
      ul {
        display: grid;
        gap: var(--space-12);
        margin: 0 0 var(--space-12);
        padding: 0;
        list-style: none;
      }

      li {
        padding: var(--space-12) var(--space-16);
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
        overflow-wrap: anywhere;
      }

      li p {
        white-space: pre-wrap;
      }
    `,
  ];

  /** Of which period, queue and agent: `?from=…`. */
  declare query: string;
  /** Grows when there may be more of them. */
  declare counted: number;
  /** The pages before the one that is loaded. */
  declare earlier: Comments['comments'];
  #page: Resource<Comments> | undefined;

  constructor() {
    super();
    this.query = '';
    this.counted = 0;
    this.earlier = [];
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!this.query) return;
    // Under who has turned to older ones nothing is moved.
    const isMore = changed.has('counted') && this.earlier.length === 0;
    if (!changed.has('query') && !isMore) return;
    this.earlier = [];
    const path = `/statistics/comments${this.query}`;
    if (this.#page) void this.#page.load(path);
    else this.#page = this.resource<Comments>(path);
  }

  override render() {
    const { value, problem, busy } = this.#page?.store.get() ?? { value: null, problem: null, busy: true };
    const comments = [...this.earlier, ...(value?.comments ?? [])];
    return html`
      ${this.problem(problem)}
      ${comments.length > 0 || busy ? nothing : html`<p class="soft">${this.t('statistics.comments.none')}</p>`}
      <ul>
        ${repeat(
          comments,
          ({ conversation }) => conversation,
          (comment) => this.#comment(comment),
        )}
      </ul>
      ${
        value?.next
          ? html`<button class="button" type="button" ?disabled=${busy} @click=${this.#more}>
              ${this.t('audit.more')}
            </button>`
          : nothing
      }
    `;
  }

  #comment({ score, comment, at, queue, agent }: Comments['comments'][number]) {
    const facts = [queue.name, agent?.name, dayAndTimeOf(at, Date.now(), this.texts)];
    return html`<li>
      <strong>${this.t('statistics.of', { score, most: limits.scoreMost })}</strong>
      <p dir="auto">${comment}</p>
      <span class="small soft">${facts.filter(Boolean).join(' · ')}</span>
    </li>`;
  }

  readonly #more = async () => {
    const page = this.#page?.store.get().value;
    if (!page?.next) return;
    const before = this.earlier;
    this.earlier = [...before, ...page.comments];
    if (!(await this.#page?.load(`/statistics/comments${this.query}&before=${page.next}`))) this.earlier = before;
  };
}

customElements.define('balie-rating-comments', RatingComments);
