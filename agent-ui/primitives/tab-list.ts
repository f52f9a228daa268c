import { ReactiveElement } from 'lit';

/**
 * The keys of a vertical tab list, after the ARIA practices: one stop for Tab, arrows walk and choose. Its children are the
 * owner's `[role=tab]` buttons with their id in `data-tab`; choosing one is an `ui-choose` event with that id.
 */
export class TabList extends ReactiveElement {
  static override properties = { label: {} };

  declare label: string;

  constructor() {
    super();
    this.label = '';
    this.addEventListener('keydown', (event) => this.#onKey(event));
    this.addEventListener('click', (event) => this.#choose((event.target as Element).closest('[role="tab"]')));
  }

  // No shadow root: the list and its tabs must stand in one tree with the owner's panel.
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.setAttribute('role', 'tablist');
    this.setAttribute('aria-orientation', 'vertical');
  }

  protected override updated() {
    this.setAttribute('aria-label', this.label);
  }

  #onKey(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const tabs = [...this.querySelectorAll('[role="tab"]')];
    const at = tabs.indexOf(event.target as Element);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length);
    if (tab instanceof HTMLElement) tab.focus();
    this.#choose(tab);
  }

  #choose(tab: Element | null | undefined) {
    if (!(tab instanceof HTMLElement) || !tab.dataset.tab) return;
    this.dispatchEvent(new CustomEvent('ui-choose', { detail: tab.dataset.tab }));
  }
}

customElements.define('ui-tab-list', TabList);
