import { computePosition, flip, offset, type Placement, shift } from '@floating-ui/dom';
import { css, html, type LitElement, nothing, type TemplateResult } from 'lit';

interface MenuParts {
  /** Of the button and of the menu. */
  readonly label: string;
  /** What the button shows. */
  readonly face: TemplateResult;
  /** The button's class. */
  readonly look?: string;
  /** One is where an item of the menu leads. */
  readonly isHere?: boolean;
  /** `role="menuitem"`, or one of its kinds. */
  readonly items: unknown;
}

/**
 * A button and the menu that it opens, one in a host's root: its keys and its place. Light dismissal and Escape are the
 * platform's.
 */
export class MenuController {
  readonly #host: LitElement;
  readonly #placement: Placement;
  #isOpen = false;

  constructor(host: LitElement, placement: Placement) {
    this.#host = host;
    this.#placement = placement;
  }

  /** Both, as templates of the host: they look as `menuStyles` says, and as the host does. */
  render({ label, face, look = '', isHere = false, items }: MenuParts): TemplateResult {
    return html`
      <button
        class=${look}
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-expanded=${this.#isOpen}
        aria-label=${label}
        aria-current=${isHere ? 'true' : nothing}
        @keydown=${this.#onTriggerKey}
      >
        ${face}
      </button>
      <div
        id="menu"
        popover="auto"
        role="menu"
        aria-label=${label}
        @toggle=${this.#onToggle}
        @keydown=${this.#onMenuKey}
        @click=${this.#onMenuClick}
      >
        ${items}
      </div>
    `;
  }

  readonly #onToggle = async (event: ToggleEvent) => {
    const menu = this.#menu;
    const trigger = this.#host.renderRoot.querySelector('[popovertarget="menu"]');
    if (!menu || !trigger) return;
    this.#isOpen = event.newState === 'open';
    this.#host.requestUpdate();
    if (!this.#isOpen) return;
    const { x, y } = await computePosition(trigger, menu, {
      strategy: 'fixed',
      placement: this.#placement,
      middleware: [offset(6), flip(), shift({ padding: 8 })],
    });
    menu.style.left = `${x}px`;
    menu.style.top = `${y}px`;
    this.#items[0]?.focus();
  };

  readonly #onTriggerKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#menu?.showPopover();
  };

  readonly #onMenuKey = (event: KeyboardEvent) => {
    // Neither Escape nor an arrow means anything to what is behind the menu.
    event.stopPropagation();
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  };

  readonly #onMenuClick = () => this.#menu?.hidePopover();

  get #menu() {
    return this.#host.renderRoot.querySelector<HTMLElement>('#menu');
  }

  get #items() {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  }
}

export const menuStyles = css`
  [popovertarget] {
    display: flex;
    align-items: center;
    padding: 0;
    border: 0;
    border-radius: var(--radius-card);
    background: transparent;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  [role='menu'] {
    position: fixed;
    inset: auto;
    min-width: 14rem;
    margin: 0;
    padding: var(--space-4);
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
    background: var(--paper-raised);
    box-shadow: var(--shadow);
    color: var(--ink);
  }

  [role^='menuitem'] {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    width: 100%;
    min-height: var(--target);
    padding: var(--space-4) var(--space-8);
    border: 0;
    border-radius: var(--radius-control);
    background: transparent;
    color: var(--ink);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  [role^='menuitem']:hover,
  [role^='menuitem']:focus-visible {
    background: var(--paper-hover);
  }

  [role^='menuitem'] .icon {
    color: var(--ink-soft);
  }

  [role^='menuitem'] .grow {
    flex: 1;
  }

  [role^='menuitem'] .note {
    color: var(--ink-soft);
  }

  [role='separator'] {
    height: 1px;
    margin: var(--space-4) 0;
    border: 0;
    background: var(--edge);
  }
`;
