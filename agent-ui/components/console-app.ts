import { ContextProvider } from '@lit/context';
import { html, LitElement, type PropertyValues } from 'lit';
import '../primitives/live-region.ts';
import type { Action } from '../state/action.ts';
import { alertFor } from '../state/alert.ts';
import type { Desk } from '../state/desk.ts';
import type { DeskState } from '../state/desk-state.ts';
import type { News } from '../state/news.ts';
import { plainLine } from '../state/plain-text.ts';
import type { Preferences } from '../state/preferences.ts';
import type { Rest } from '../state/rest.ts';
import type { Store } from '../state/store.ts';
import { StoreController } from '../state/store-controller.ts';
import { waitingIn } from '../state/tabs.ts';
import { isLeaving, type Unsaved } from '../state/unsaved.ts';
import { chooseLanguage, createTexts, type Texts } from '../texts.ts';
import { ActionEvent, PreferenceEvent } from './action-event.ts';
import { textsContext } from './console-element.ts';
import { restContext, unsavedContext } from './console-page.ts';
import { deskContext } from './desk-context.ts';
import './desk-shell.ts';
import './empty-pane.ts';
import './first-run-page.ts';
import './sign-in.ts';
import './unsaved-dialog.ts';
import './welcome-page.ts';
import { nameOf } from './words.ts';

export type Tune = 'request' | 'message';

/** What the console needs of the browser beside the page itself. */
export interface Surroundings {
  readonly languages: readonly string[];
  /** The secret of an invitation, where a link of one was opened. */
  readonly welcomed: string | undefined;
  /** The code that a server without an organization printed at its start, where its link was opened. */
  readonly firstRun: string | undefined;
  readonly isWatched: () => boolean;
  readonly play: (tune: Tune) => void;
  readonly notify: (note: { title: string; body: string; tag: string; onOpen: () => void }) => void;
  readonly areNotificationsBlocked: () => boolean;
  /** Must be called while a press of a button is being handled. */
  readonly allowAlerts: (what: { sound: boolean; notifications: boolean }) => void;
}

interface ConsoleParts {
  readonly desk: Desk;
  readonly rest: Rest;
  readonly preferences: Store<Preferences>;
  readonly unsaved: Unsaved;
  readonly surroundings: Surroundings;
}

/** The root: sign-in or desk, in the chosen language; tells of news by sound, notification, title and live region. */
export class ConsoleApp extends LitElement {
  static override properties = { announced: { state: true } };

  declare announced: string;
  readonly #desk: Desk;
  readonly #preferences: Store<Preferences>;
  readonly #unsaved: Unsaved;
  readonly #surroundings: Surroundings;
  readonly #texts: ContextProvider<typeof textsContext>;

  constructor({ desk, rest, preferences, unsaved, surroundings }: ConsoleParts) {
    super();
    new ContextProvider(this, { context: restContext, initialValue: rest });
    new ContextProvider(this, { context: deskContext, initialValue: desk });
    new ContextProvider(this, { context: unsavedContext, initialValue: unsaved });
    this.announced = '';
    this.#desk = desk;
    this.#preferences = preferences;
    this.#unsaved = unsaved;
    this.#surroundings = surroundings;
    this.#texts = new ContextProvider(this, { context: textsContext, initialValue: this.#chosenTexts() });
    for (const store of [desk.store, desk.earlier.store, preferences, unsaved.asked])
      new StoreController<unknown>(this, store);
    this.addEventListener(ActionEvent.type, (event) => this.#act((event as ActionEvent).action));
    this.addEventListener(PreferenceEvent.type, (event) => this.#prefer((event as PreferenceEvent).change));
  }

  override willUpdate(_changed: PropertyValues<this>) {
    const texts = this.#chosenTexts();
    if (texts.language !== this.#texts.value.language) this.#texts.setValue(texts);
  }

  override render() {
    return html`${this.#screen()}
      <balie-unsaved-dialog
        ?open=${this.#unsaved.asked.get() !== null}
        @unsaved-answer=${({ detail }: CustomEvent<boolean>) => this.#unsaved.answer(detail)}
      ></balie-unsaved-dialog>
      <ui-live-region message=${this.announced}></ui-live-region>`;
  }

  override updated() {
    document.documentElement.lang = this.#t.language;
    document.title = this.#title();
  }

  /** Tells of what happened, as loudly as it deserves. */
  readonly tell = (news: News) => {
    const { isWatched, play, notify } = this.#surroundings;
    const { t } = this.#t;
    const { sound, isNotified } = alertFor(news, this.#desk.store.get(), isWatched());
    const preferences = this.#preferences.get();
    const name = nameOf(news.chat, this.#t);
    const text = news.kind === 'message' ? plainLine(news.text.slice(0, 200)) : '';
    this.#announce(t(`announce.${news.kind}`, { name, text }));
    if (sound && preferences.sound) play(sound);
    if (!isNotified || !preferences.notifications) return;
    const { queue, page, id } = news.chat;
    const isRequest = news.kind === 'request';
    notify({
      title: isRequest ? t('notification.request', { name }) : name,
      body: isRequest ? t('notification.request.body', { queue, page: plainLine(page?.title ?? '') }) : text,
      tag: id,
      onOpen: () => this.#act({ type: 'select', conversation: id }),
    });
  };

  get #t(): Texts {
    return this.#texts.value;
  }

  #chosenTexts() {
    const { language } = this.#preferences.get();
    const { languages } = this.#surroundings;
    return createTexts(chooseLanguage([...(language ? [language] : []), ...languages]), languages);
  }

  #screen() {
    const desk = this.#desk.store.get();
    switch (desk.session.kind) {
      case 'opening': {
        const label = this.#t.t(desk.session.failed ? 'app.broken' : 'app.loading');
        return html`<balie-empty-pane label=${label}></balie-empty-pane>`;
      }
      case 'signed-out':
        return this.#entrance(desk.session);
      case 'signed-in':
        return html`<balie-desk-shell
          .desk=${desk}
          .earlier=${this.#desk.earlier.store.get()}
          .preferences=${this.#preferences.get()}
          .now=${this.#desk.now}
          ?isBlocked=${this.#surroundings.areNotificationsBlocked()}
        ></balie-desk-shell>`;
      default:
        return desk.session satisfies never;
    }
  }

  #entrance({ problem, busy }: Extract<DeskState['session'], { kind: 'signed-out' }>) {
    const { welcomed, firstRun } = this.#surroundings;
    if (welcomed) return html`<balie-welcome-page token=${welcomed}></balie-welcome-page>`;
    if (firstRun && !problem) return html`<balie-first-run-page code=${firstRun}></balie-first-run-page>`;
    return html`<balie-sign-in .problem=${problem} ?busy=${busy}></balie-sign-in>`;
  }

  #act(action: Action) {
    if (!isLeaving(action)) return this.#desk.act(action);
    this.#unsaved.leave(() => this.#desk.act(action));
  }

  #prefer(change: Partial<Preferences>) {
    const preferences = { ...this.#preferences.get(), ...change };
    const { sound = false, notifications = false } = change;
    this.#surroundings.allowAlerts({ sound, notifications });
    this.#preferences.set(preferences);
  }

  /** Two equal announcements in a row would be one to a screen reader. */
  #announce(text: string) {
    this.announced = this.announced === text ? `${text}\u00A0` : text;
  }

  #title() {
    const { t } = this.#t;
    const { requests, unread, only } = waitingIn(this.#desk.store.get());
    const news =
      requests > 0 ? t('title.waiting', { count: requests }) : unread > 0 ? this.#unreadTitle(unread, only) : '';
    return news ? `${news} · ${t('app.name')}` : t('app.name');
  }

  #unreadTitle(count: number, only: Parameters<typeof nameOf>[0] | null) {
    const name = only ? nameOf(only, this.#t) : this.#t.t('chats.label');
    return this.#t.t('title.unread', { count, name });
  }
}

customElements.define('balie-console', ConsoleApp);
