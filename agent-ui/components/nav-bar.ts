import { html, nothing } from 'lit';
import { icon } from '../icons.ts';
import '../primitives/avatar.ts';
import type { AgentState, Role } from '../../protocol/entities.ts';
import { MenuController, menuStyles } from '../primitives/menu.ts';
import { reset } from '../primitives/reset.ts';
import type { Place } from '../state/places.ts';
import type { Preferences } from '../state/preferences.ts';
import { createTexts, languages } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';
import { type NavEntry, navEntries } from './nav-entries.ts';
import './nav-more.ts';
import { barStyles, placeStyles } from './nav-styles.ts';
import './sign-out-dialog.ts';

/** The narrow bar at the edge: where one is, one's state, and one's account. */
export class NavBar extends ConsoleElement {
  static override properties = {
    name: {},
    state: {},
    place: {},
    rights: {},
    preferences: { attribute: false },
    isBlocked: { type: Boolean },
    isAdrift: { type: Boolean },
    openChats: { type: Number },
    isLeaving: { state: true },
  };
  static override styles = [reset, menuStyles, placeStyles, barStyles];

  declare name: string;
  declare state: AgentState;
  declare place: Place;
  declare rights: Role;
  declare preferences: Preferences;
  /** The browser was told to show no notifications of this site. */
  declare isBlocked: boolean;
  declare isAdrift: boolean;
  /** With visitors in them, who would be left alone. */
  declare openChats: number;
  /** It is asked whether to sign out. */
  declare protected isLeaving: boolean;

  readonly #menu = new MenuController(this, 'right-end');

  constructor() {
    super();
    this.openChats = 0;
    this.isLeaving = false;
  }

  /** A question that has answered itself does not come back with the next chat. */
  override willUpdate() {
    if (this.openChats === 0) this.isLeaving = false;
  }

  override render() {
    const { first, further } = navEntries(this.rights, this.place);
    return html`
      <nav aria-label=${this.t('nav.label')}>
        <span class="mark">${icon('concierge-bell', 20)}</span>
        ${first.map((entry) => this.#place(entry))} ${further.map((entry) => this.#place(entry, 'further'))}
        ${further.length > 0 ? html`<balie-nav-more .entries=${further}></balie-nav-more>` : nothing}
        <div class="foot">
          <span class="state">${this.t(stateKeys[this.state])}</span>
          ${this.#account()}
        </div>
      </nav>
      <balie-sign-out-dialog
        chats=${this.openChats}
        ?open=${this.isLeaving}
        @sign-out-answered=${() => this.#setLeaving(false)}
      ></balie-sign-out-dialog>
    `;
  }

  #signOut() {
    if (this.openChats > 0) this.#setLeaving(true);
    else this.act({ type: 'sign-out' });
  }

  #setLeaving(isLeaving: boolean) {
    this.isLeaving = isLeaving;
  }

  #place({ place, icon: drawing, label, isHere }: NavEntry, rank = '') {
    return html`<button
      class="place ${rank}"
      type="button"
      aria-current=${isHere ? 'page' : nothing}
      @click=${() => this.act({ type: 'go', place })}
    >
      ${icon(drawing, 20)}<span>${this.t(label)}</span>
    </button>`;
  }

  #account() {
    return this.#menu.render({
      label: this.t('account.label', { name: this.name }),
      face: html`<ui-avatar name=${this.name} presence=${this.state === 'ready' && !this.isAdrift ? 'here' : 'away'}></ui-avatar>`,
      items: this.#accountItems(),
    });
  }

  #accountItems() {
    const { sound, notifications } = this.preferences;
    return html`
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
      <button role="menuitem" @click=${this.#signOut}>
        ${icon('log-out')}<span class="grow">${this.t('account.signout')}</span>
      </button>
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
