import type { OfferContent } from '../../protocol/entities.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { DeskApi } from './desk-api.ts';
import type { ChatDialog, DeskState } from './desk-state.ts';
import { savedOfferOf } from './offer-draft.ts';
import type { Store } from './store.ts';

interface ChatDialogsOptions {
  readonly api: Pick<DeskApi, 'colleagues' | 'presets' | 'savedOffers' | 'saveOffer'>;
  readonly store: Store<DeskState>;
}

/** Who is there changes while one looks. */
const lookAgainMs = 4000;

/** What an agent composes a chat's messages from, and what of it the server keeps. */
export class ChatDialogs {
  readonly #options: ChatDialogsOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ChatDialogsOptions) {
    this.#options = options;
  }

  show(kind: ChatDialog['kind'], conversation: ConversationId): void {
    this.hide();
    if (kind === 'offer') this.#set({ kind, conversation, saved: null });
    else this.#set({ kind, conversation, colleagues: null });
    void (kind === 'offer' ? this.#findOffers() : this.#findColleagues());
  }

  hide(): void {
    clearTimeout(this.#timer);
    if (this.#dialog) this.#set(null);
  }

  async findPresets(): Promise<void> {
    const { api, store } = this.#options;
    const presets = await api.presets();
    // Those of a minute ago are better than none.
    if (presets) store.set({ ...store.get(), presets });
  }

  /** The offer itself has gone out; that it was not kept is told, and no more. */
  async keep(content: OfferContent): Promise<boolean> {
    const { session } = this.#options.store.get();
    if (session.kind !== 'signed-in') return false;
    return this.#options.api.saveOffer(session.csrf, savedOfferOf(content));
  }

  get #dialog() {
    return this.#options.store.get().dialog;
  }

  #set(dialog: ChatDialog | null) {
    const { store } = this.#options;
    store.set({ ...store.get(), dialog });
  }

  async #findOffers() {
    const before = this.#dialog;
    const saved = await this.#options.api.savedOffers();
    if (before?.kind === 'offer' && this.#dialog === before) this.#set({ ...before, saved });
  }

  async #findColleagues() {
    const before = this.#dialog;
    const found = await this.#options.api.colleagues();
    if (before?.kind !== 'invite' || this.#dialog !== before) return;
    // Who was there a moment ago is a better guess than nothing.
    this.#set({ ...before, colleagues: found ?? before.colleagues ?? 'failed' });
    this.#timer = setTimeout(() => void this.#findColleagues(), lookAgainMs);
  }
}
