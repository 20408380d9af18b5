import type { KV } from 'nats';
import type { SettingsStore } from './bus';

const decoder = new TextDecoder();

/** Small values that every replica sees: the switched model, the web chat's cookie key. */
export const createSettings = (kv: KV): SettingsStore => ({
  get: async (key) => {
    const entry = await kv.get(key);
    return entry !== null && entry.operation === 'PUT' ? decoder.decode(entry.value) : undefined;
  },
  put: async (key, value) => void (await kv.put(key, value)),
  delete: (key) => kv.delete(key),
  watch: async (key, listener) => {
    const watch = await kv.watch({ key });
    const follow = async (): Promise<void> => {
      for await (const entry of watch) listener(entry.operation === 'PUT' ? decoder.decode(entry.value) : undefined);
    };
    void follow().catch(() => undefined);
    return { stop: () => watch.stop() };
  },
});
