import type { ObjectStore } from 'nats';
import { AssistantError, newId } from '@assistant/contracts';
import type { BlobInfo, BlobStore } from './bus';

const CHUNK_BYTES = 128 * 1024;

const chunksOf = async function* (bytes: AsyncIterable<Uint8Array> | Uint8Array): AsyncGenerator<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) {
    yield* bytes;
    return;
  }
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
};

const toWebStream = (bytes: AsyncIterable<Uint8Array> | Uint8Array, count: (size: number) => void): ReadableStream<Uint8Array> => {
  const source = chunksOf(bytes);
  return new ReadableStream({
    pull: async (controller) => {
      const next = await source.next();
      if (next.done === true) return controller.close();
      count(next.value.length);
      controller.enqueue(next.value);
    },
    cancel: async () => void (await source.return(undefined)),
  });
};

const fromWebStream = async function* (stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
};

/** Media and artefacts in NATS' object store, under ids that cannot be guessed. */
export const createBlobStore = (open: () => Promise<ObjectStore>): BlobStore => ({
  put: async (bytes, about) => {
    const id = newId();
    let size = 0;
    const store = await open();
    await store.put(
      { name: id, metadata: { mime: about.mime, name: about.name ?? '' } },
      toWebStream(bytes, (count) => (size += count)),
    );
    return { ref: `blob:${id}`, size };
  },
  get: async (ref) => {
    const store = await open();
    const found = ref.startsWith('blob:') ? await store.get(ref.slice(5)) : null;
    if (found === null) throw new AssistantError('not_found', `${ref} is not stored (any more)`);
    const { metadata, size } = found.info;
    const about: BlobInfo = { mime: metadata?.['mime'] ?? 'application/octet-stream', ...(metadata?.['name'] ? { name: metadata['name'] } : {}) };
    return { ...about, size, bytes: fromWebStream(found.data) };
  },
});
