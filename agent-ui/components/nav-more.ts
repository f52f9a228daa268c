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
    const menu = this.#menu;
    const label = this.t('nav.more');
    return html`
      <button
        class="place"
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-expanded=${menu.isOpen}
        aria-current=${this.entries.some(({ isHere }) => isHere) ? 'true' : nothing}
        @keydown=${menu.onTriggerKey}
      >
        ${icon('ellipsis', 20)}<span>${label}</span>
      </button>
      <div
        id="menu"
        popover="auto"
        role="menu"
        aria-label=${label}
        @toggle=${menu.onToggle}
        @keydown=${menu.onMenuKey}
        @click=${menu.onMenuClick}
      >
        ${this.entries.map((entry) => this.#item(entry))}
      </div>
    `;
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
