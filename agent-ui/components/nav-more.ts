import { html, nothing } from 'lit';
import { icon } from '../icons.ts';
import { MenuController, menuStyles } from '../primitives/menu.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';
import type { NavEntry } from './nav-entries.ts';
import { moreStyles, placeStyles } from './nav-styles.ts';

/** On a small screen: the places that the bar has no room for. */
export class NavMore extends ConsoleElement {
  static override properties = { entries: { attribute: false } };
  static override styles = [reset, menuStyles, placeStyles, moreStyles];

  declare entries: readonly NavEntry[];
  readonly #menu = new MenuController(this, 'bottom-end');

  override render() {
    const label = this.t('nav.more');
    return this.#menu.render({
      label,
      look: 'place',
      isHere: this.entries.some(({ isHere }) => isHere),
      face: html`${icon('ellipsis', 20)}<span>${label}</span>`,
      items: this.entries.map((entry) => this.#item(entry)),
    });
  }

  #item({ place, icon: drawing, label, isHere }: NavEntry) {
    return html`<button
      role="menuitem"
      aria-current=${isHere ? 'page' : nothing}
      @click=${() => this.act({ type: 'go', place })}
    >
      ${icon(drawing)}<span class="grow">${this.t(label)}</span>
    </button>`;
  }
}

customElements.define('balie-nav-more', NavMore);
