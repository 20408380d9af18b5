import type { SettingsStore } from '@assistant/bus';
import type { WebConversation } from '@assistant/contracts';
import { z } from 'zod';

/** A conversation as it is kept: `lastIn` is the IN sequence of its newest message, 0 before the first. */
export interface ListedConversation extends WebConversation {
  readonly lastIn: number;
}

const LONGEST_LIST = 100;
const TITLE_LENGTH = 60;
const entries = z.array(z.object({ id: z.string(), title: z.string(), at: z.number(), lastIn: z.number() }));

const keyOf = (visitorId: string): string => `web_conversations.${visitorId}`;

const decode = (text: string | undefined): readonly ListedConversation[] => {
  try {
    return entries.parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
};

/** The title that a first message gives. */
export const titleOf = (text: string): string => {
  const line = text.trim().split('\n', 1)[0] ?? '';
  const characters = [...line];
  return characters.length > TITLE_LENGTH ? `${characters.slice(0, TITLE_LENGTH - 1).join('')}…` : line;
};

/** The list with one conversation written or renewed, newest first, at most 100. */
export const withConversation = (list: readonly ListedConversation[], entry: ListedConversation): readonly ListedConversation[] => {
  const before = list.find(({ id }) => id === entry.id);
  const renewed = before ? { ...entry, title: before.title === '' ? entry.title : before.title, lastIn: Math.max(before.lastIn, entry.lastIn) } : entry;
  return [renewed, ...list.filter(({ id }) => id !== entry.id)].sort((a, b) => b.at - a.at).slice(0, LONGEST_LIST);
};

/**
 * Which conversations a visitor sees in the page. A convenience, never the truth: a list that two replicas change
 * at the same time keeps one change, and the next message of the other conversation lists it again.
 */
export class ConversationList {
  readonly #settings: SettingsStore;
  /** The running change of each visitor: changes of one visitor follow each other. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  async list(visitorId: string): Promise<readonly ListedConversation[]> {
    return decode(await this.#settings.get(keyOf(visitorId)));
  }

  async find(visitorId: string, id: string): Promise<ListedConversation | undefined> {
    return (await this.list(visitorId)).find((entry) => entry.id === id);
  }

  write(visitorId: string, entry: ListedConversation): Promise<void> {
    return this.#change(visitorId, (list) => withConversation(list, entry));
  }

  remove(visitorId: string, id: string): Promise<void> {
    return this.#change(visitorId, (list) => list.filter((entry) => entry.id !== id));
  }

  #change(visitorId: string, change: (list: readonly ListedConversation[]) => readonly ListedConversation[]): Promise<void> {
    const apply = async (): Promise<void> => {
      const before = await this.list(visitorId);
      const after = change(before);
      if (after.length === 0) await this.#settings.delete(keyOf(visitorId));
      else await this.#settings.put(keyOf(visitorId), JSON.stringify(after));
    };
    const previous = this.#running.get(visitorId) ?? Promise.resolve();
    const mine = previous.catch(() => undefined).then(apply);
    this.#running.set(visitorId, mine);
    return mine.finally(() => {
      if (this.#running.get(visitorId) === mine) this.#running.delete(visitorId);
    });
  }
}
