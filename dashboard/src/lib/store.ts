import { useSyncExternalStore } from 'react';

type Store<T> = {
  get: () => T;
  set: (next: T) => void;
  subscribe: (listener: () => void) => () => void;
};

/** A value outside React, for state that belongs neither to the server nor to a component. */
export const makeStore = <T>(initial: T): Store<T> => {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((each) => each());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get, store.get);

/** A store for each key in the browser's storage, which other tabs follow. */
export const makeKeptStore = <T extends string>(key: string, initial: T): Store<T> => {
  const read = (): T => {
    try {
      return (localStorage.getItem(key) as T | null) ?? initial;
    } catch {
      return initial;
    }
  };
  const store = makeStore<T>(read());
  addEventListener('storage', (event) => {
    if (event.key === key) store.set(read());
  });
  return {
    ...store,
    set: (next) => {
      try {
        localStorage.setItem(key, next);
      } catch {
        // Then it is kept for this page only.
      }
      store.set(next);
    },
  };
};
