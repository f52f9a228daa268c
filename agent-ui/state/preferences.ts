import { createStore, type Store } from './store.ts';

/** What this person chose in this browser. */
export interface Preferences {
  readonly language: string | null;
  readonly sound: boolean;
  readonly notifications: boolean;
  /** The question whether to turn the two on was answered. */
  readonly asked: boolean;
  readonly profile: string | null;
}

export const defaultPreferences: Preferences = {
  language: null,
  sound: true,
  notifications: false,
  asked: false,
  profile: null,
};

const storageKey = 'balie.console';

/** Total: anything that is not as expected falls back to its default. */
export function parsePreferences(text: string | null): Preferences {
  const kept = parseObject(text);
  const flag = (name: 'sound' | 'notifications' | 'asked') => {
    const value = kept[name];
    return typeof value === 'boolean' ? value : defaultPreferences[name];
  };
  const word = (name: 'language' | 'profile') => {
    const value = kept[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    language: word('language'),
    profile: word('profile'),
    sound: flag('sound'),
    notifications: flag('notifications'),
    asked: flag('asked'),
  };
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** Where storage is full or forbidden (then even naming it throws) the choices last as long as the page. */
export function openPreferences(storage: () => Storage): Store<Preferences> {
  const store = createStore(parsePreferences(attempt(() => storage().getItem(storageKey)) ?? null));
  store.subscribe(() => attempt(() => storage().setItem(storageKey, JSON.stringify(store.get()))));
  return store;
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
