export interface Store<State> {
  readonly state: State;
  set(change: Partial<State>): void;
}

/** One value, changed in parts; `onChange` hears of every change. */
export function createStore<State>(state: State, onChange: () => void): Store<State> {
  const store = {
    state,
    set(change: Partial<State>) {
      store.state = { ...store.state, ...change };
      onChange();
    },
  };
  return store;
}
