import type { Section } from './section';
import type { Snapshot } from './snapshot';
import type { ConfigStore } from './store';

export interface LiveStore {
  readonly store: ConfigStore;
  /** Puts a new configuration in force, then tells the listeners of every section that changed. */
  swap(next: Snapshot): void;
}

/** `onError` hears what a listener threw; the other listeners are told all the same. */
export const createLiveStore = (first: Snapshot, onClose: () => void, onError: (section: string, error: unknown) => void): LiveStore => {
  let current = first;
  const listeners = new Map<Section<unknown>, Set<() => void>>();
  const store: ConfigStore = {
    get: (section) => current.get(section),
    onChange: (section, listener) => {
      current.fingerprint(section);
      const own = listeners.get(section) ?? new Set();
      const call = (): void => listener(current.get(section));
      listeners.set(section, own.add(call));
      return () => void own.delete(call);
    },
    get version() {
      return current.version;
    },
    describe: () => current.describe(),
    close: onClose,
  };
  return {
    store,
    swap: (next) => {
      const before = current;
      current = next;
      for (const [section, own] of listeners) {
        if (before.fingerprint(section) === next.fingerprint(section)) continue;
        for (const call of [...own]) {
          try {
            call();
          } catch (error) {
            onError(section.key, error);
          }
        }
      }
    },
  };
};
