import { css, html, LitElement } from 'lit';
import { icon } from '../icons.ts';
import { reset } from './reset.ts';

/** The first letters of the first and the last word; nothing for a name without letters or digits. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** Decoration beside a name that stands in text. */
export class Avatar extends LitElement {
  static override properties = { name: {}, presence: { reflect: true } };
  static override styles = [
    reset,
    css`
      :host {
        position: relative;
        display: grid;
        place-items: center;
        flex: none;
        width: 32px;
        height: 32px;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--accent-ink);
        font-size: var(--text-12);
        font-weight: 600;
      }

      :host([presence])::after {
        content: '';
        position: absolute;
        right: -1px;
        bottom: -1px;
        width: 10px;
        height: 10px;
        border: 2px solid var(--edge-strong);
        border-radius: 50%;
        background: var(--paper);
        outline: 2px solid var(--paper);
      }

      :host([presence='here'])::after {
        border-color: var(--green);
        background: var(--green);
      }
    `,
  ];

  declare name: string;
  /** A dot: filled and green for `here`, hollow for `away`. */
  declare presence: 'here' | 'away' | null;

  constructor() {
    super();
    this.name = '';
    this.presence = null;
  }

  override render() {
    return html`<span aria-hidden="true">${initialsOf(this.name) || icon('user-round', 16)}</span>`;
  }
}

customElements.define('ui-avatar', Avatar);
