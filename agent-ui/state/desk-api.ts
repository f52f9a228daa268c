import type {
  Colleagues,
  EarlierConversation,
  EventsPage,
  HttpError,
  NewSavedOffer,
  Preset,
  SavedOfferView,
  SignedIn,
} from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';

/** `code`: the authenticator app's is needed; `code-wrong`: it was given, and is not good. */
export type SignInOutcome = SignedIn | 'failed' | 'many' | 'unreachable' | 'code' | 'code-wrong';

/** The REST part, as far as the desk needs it. Every call is total: what went wrong is in its answer. */
export interface DeskApi {
  /** Null where nobody is signed in. */
  session(): Promise<SignedIn | null | 'unreachable'>;
  signIn(email: string, password: string, code?: string): Promise<SignInOutcome>;
  /** False where the server did not end the session: its cookie would still open it. */
  signOut(csrf: string): Promise<boolean>;
  earlier(conversation: ConversationId): Promise<readonly EarlierConversation[] | null>;
  events(conversation: ConversationId, after: number): Promise<EventsPage | null>;
  presets(): Promise<readonly Preset[] | null>;
  colleagues(): Promise<Colleagues | null>;
  savedOffers(): Promise<readonly SavedOfferView[] | null>;
  /** False where it was not kept. */
  saveOffer(csrf: string, offer: NewSavedOffer): Promise<boolean>;
}

const patienceMs = 15_000;

export function createDeskApi(fetch: typeof globalThis.fetch): DeskApi {
  /** Null where no answer came, or one that is not of this server. */
  async function ask<Value>(path: string, init: RequestInit = {}) {
    try {
      const answer = await fetch(path, { ...init, signal: AbortSignal.timeout(patienceMs) });
      const body = answer.status === 204 ? null : ((await answer.json()) as unknown);
      const code = answer.ok ? undefined : (body as HttpError).error.code;
      return { status: answer.status, value: answer.ok ? (body as Value | null) : null, code };
    } catch {
      return null;
    }
  }
  const read = async <Value>(path: string) => (await ask<Value>(path))?.value ?? null;

  return {
    async session() {
      const answer = await ask<SignedIn>('/api/session');
      if (answer?.status === 401) return null;
      return answer?.value ?? 'unreachable';
    },
    async signIn(email, password, code) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ email, password, ...(code && { code }) });
      const answer = await ask<SignedIn>('/api/session', { method: 'POST', headers, body });
      if (answer?.value) return answer.value;
      if (answer?.status === 429) return 'many';
      if (answer?.code === 'second_factor_expected') return code ? 'code-wrong' : 'code';
      return answer && answer.status < 500 ? 'failed' : 'unreachable';
    },
    async signOut(csrf) {
      const answer = await ask('/api/session', { method: 'DELETE', headers: { 'x-csrf-token': csrf } });
      return answer?.status === 204 || answer?.status === 401;
    },
    async earlier(conversation) {
      type Page = { conversations: EarlierConversation[] };
      return (await read<Page>(`/api/conversations/${conversation}/earlier`))?.conversations ?? null;
    },
    presets: async () => (await read<{ presets: Preset[] }>('/api/presets'))?.presets ?? null,
    colleagues: () => read<Colleagues>('/api/colleagues'),
    savedOffers: async () => (await read<{ offers: SavedOfferView[] }>('/api/saved-offers'))?.offers ?? null,
    async saveOffer(csrf, offer) {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      const answer = await ask('/api/saved-offers', { method: 'POST', headers, body: JSON.stringify(offer) });
      return answer !== null && answer.status < 300;
    },
    events: (conversation, after) => read<EventsPage>(`/api/conversations/${conversation}/events?after=${after}`),
  };
}
