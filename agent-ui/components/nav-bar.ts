import { css, html, nothing } from 'lit';
import { type IconName, icon } from '../icons.ts';
import '../primitives/avatar.ts';
import type { AgentState, Role } from '../../protocol/entities.ts';
import { MenuController, menuStyles } from '../primitives/menu.ts';
import { reset } from '../primitives/reset.ts';
import { isOfDesk, type PagePlace, type Place, placesOf } from '../state/places.ts';
import type { Preferences } from '../state/preferences.ts';
import { createTexts, languages } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';
import { pages } from './pages.ts';

/** The narrow bar at the edge: where one is, one's state, and one's account. */
export class NavBar extends ConsoleElement {
  static override properties = {
    name: {},
    state: {},
    place: {},
    rights: {},
    preferences: { attribute: false },
    isBlocked: { type: Boolean },
  };
  static override styles = [
    reset,
    menuStyles,
    css`
      nav {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-16);
        height: 100%;
        padding: var(--space-16) 0;
        border-inline-end: 1px solid var(--edge);
        background: var(--paper-sunk);
      }

      .mark {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: var(--radius-card);
        background: var(--accent);
        color: var(--on-accent);
      }

      .place {
        display: grid;
        gap: 2px;
        place-items: center;
        width: 56px;
        padding: var(--space-8) 0;
        border-radius: var(--radius-card);
        border: 0;
        background: transparent;
        color: var(--ink);
        font: inherit;
        font-size: var(--text-12);
        text-align: center;
        cursor: pointer;
      }

      .place:hover,
      .place[aria-current='page'] {
        background: var(--paper-hover);
      }

      .foot {
        display: grid;
        gap: var(--space-8);
        justify-items: center;
        margin-top: auto;
      }

      .state {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      @media (max-width: 599px) {
        nav {
          flex-direction: row;
          height: auto;
          padding: var(--space-8) var(--space-16);
          border: 0;
          /* With all that an administrator has it is wider than a phone. */
          overflow-x: auto;
        }

        nav > * {
          flex: none;
        }

        .place {
          width: auto;
          padding: var(--space-4) var(--space-8);
          overflow-wrap: normal;
        }

        nav:not(:has(.place + .place)) .place {
          display: none;
        }

        /* Of many there is room for the name of one: of where one is. */
        nav:has(.place + .place + .place) {
          gap: var(--space-4);
          padding-inline: var(--space-8);

          .mark {
            display: none;
          }

          .place {
            min-width: 44px;
            min-height: 44px;
          }

          .place:not([aria-current='page']) span {
            position: absolute;
            width: 1px;
            height: 1px;
            overflow: hidden;
            clip-path: inset(50%);
          }
        }

        .foot {
          display: flex;
          align-items: center;
          margin: 0 0 0 auto;
        }
      }
    `,
  ];

  declare name: string;
  declare state: AgentState;
  declare place: Place;
  declare rights: Role;
  declare preferences: Preferences;
  /** The browser was told to show no notifications of this site. */
  declare isBlocked: boolean;

  readonly #menu = new MenuController(this, 'right-end');

  override render() {
    return html`
      <nav aria-label=${this.t('nav.label')}>
        <span class="mark">${icon('concierge-bell', 20)}</span>
        ${this.#place('chats', 'messages-square', this.t('nav.chats'))}
        ${placesOf(this.rights, 'desk').map((place) => this.#page(place))}
        ${this.#settings()}
        <div class="foot">
          <span class="state">${this.t(stateKeys[this.state])}</span>
          ${this.#account()}
        </div>
      </nav>
    `;
  }

  #page(place: PagePlace) {
    if (place === 'log') return this.#place('log', 'history', this.t('nav.log'));
    return this.#place(place, pages[place].icon, this.t(pages[place].label));
  }

  /** One entry for all of them; it leads to the first. */
  #settings() {
    const [first] = placesOf(this.rights, 'settings');
    if (!first) return nothing;
    const isThere = this.place !== 'chats' && !isOfDesk(this.place);
    return this.#place(first, 'settings', this.t('settings.title'), isThere);
  }

  #place(place: Place, drawing: IconName, label: string, isHere = this.place === place) {
    return html`<button
      class="place"
      type="button"
      aria-current=${isHere ? 'page' : nothing}
      @click=${() => this.act({ type: 'go', place })}
    >
      ${icon(drawing, 20)}<span>${label}</span>
    </button>`;
  }

  #account() {
    const { sound, notifications } = this.preferences;
    const menu = this.#menu;
    const label = this.t('account.label', { name: this.name });
    return html`
      <button
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-expanded=${menu.isOpen}
        aria-label=${label}
        @keydown=${menu.onTriggerKey}
      >
        <ui-avatar name=${this.name} presence=${this.state === 'ready' ? 'here' : 'away'}></ui-avatar>
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
        <button role="menuitemcheckbox" aria-checked=${sound} @click=${() => this.prefer({ sound: !sound })}>
          ${icon(sound ? 'volume-2' : 'volume-x')}<span class="grow">${this.t('account.sound')}</span>${check(sound)}
        </button>
        <button
          role="menuitemcheckbox"
          aria-checked=${notifications && !this.isBlocked}
          @click=${() => this.prefer({ notifications: !notifications })}
        >
          ${icon('bell')}<span class="grow">${this.t('account.notifications')}</span>
          ${this.isBlocked ? html`<span class="note">${this.t('account.blocked')}</span>` : check(notifications)}
        </button>
        <hr role="separator" />
        ${languages.map((language) => this.#language(language))}
        <hr role="separator" />
        <button role="menuitem" @click=${() => this.act({ type: 'go', place: 'account' })}>
          ${icon('user-round')}<span class="grow">${this.t('account.title')}</span>
        </button>
        <button role="menuitem" @click=${() => this.dispatchEvent(new CustomEvent('show-keys'))}>
          ${icon('keyboard')}<span class="grow">${this.t('account.keys')}</span><span class="note">?</span>
        </button>
        <button role="menuitem" @click=${() => this.act({ type: 'sign-out' })}>
          ${icon('log-out')}<span class="grow">${this.t('account.signout')}</span>
        </button>
      </div>
    `;
  }

  #language(language: (typeof languages)[number]) {
    const isChosen = this.texts.language === language;
    return html`<button role="menuitemradio" aria-checked=${isChosen} lang=${language} @click=${() => this.prefer({ language })}>
      ${icon('languages')}<span class="grow">${createTexts(language).t('language.name')}</span>${check(isChosen)}
    </button>`;
  }
}

const stateKeys = { ready: 'status.ready', paused: 'status.paused', off: 'status.off' } as const;
const check = (isOn: boolean) => (isOn ? icon('check', 16) : '');

customElements.define('balie-nav-bar', NavBar);
