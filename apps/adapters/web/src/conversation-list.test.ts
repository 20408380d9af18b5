import type { SettingsStore } from '@assistant/bus';
import { ConversationList, titleOf, withConversation, type ListedConversation } from './conversation-list';

const entry = (id: string, at: number, title = id, lastIn = 0): ListedConversation => ({ id, title, at, lastIn });

/** Settings in memory whose answers take a turn of the event loop, as the real ones do. */
const memorySettings = (): SettingsStore & { readonly values: Map<string, string> } => {
  const values = new Map<string, string>();
  const later = <T>(act: () => T): Promise<T> => new Promise((resolve) => setImmediate(() => resolve(act())));
  return {
    values,
    get: (key) => later(() => values.get(key)),
    put: (key, value) => later(() => void values.set(key, value)),
    delete: (key) => later(() => void values.delete(key)),
    watch: () => Promise.resolve({ stop: () => undefined }),
  };
};

describe('the list of conversations', () => {
  it('keeps the title that the first message gave', () => {
    const list = [entry('a', 1, ''), entry('b', 2)].reduce<readonly ListedConversation[]>(withConversation, []);
    const named = withConversation(withConversation(list, entry('a', 3, 'first words', 7)), entry('a', 4, 'later words', 9));
    expect(named[0]).toEqual({ id: 'a', title: 'first words', at: 4, lastIn: 9 });
  });

  it('keeps the newest hundred', () => {
    const list = Array.from({ length: 120 }, (_, index) => entry(`c${index}`, index)).reduce<readonly ListedConversation[]>(withConversation, []);
    expect(list).toHaveLength(100);
    expect([list[0]?.id, list.at(-1)?.id]).toEqual(['c119', 'c20']);
  });

  it('loses no change of many that are made at the same time', async () => {
    const list = new ConversationList(memorySettings());
    await Promise.all(Array.from({ length: 20 }, (_, index) => list.write('visitor', entry(`c${index}`, index))));
    expect(await list.list('visitor')).toHaveLength(20);
  });

  it('leaves nothing behind when the last one is removed', async () => {
    const settings = memorySettings();
    const list = new ConversationList(settings);
    await list.write('visitor', entry('a', 1));
    await list.remove('visitor', 'a');
    expect(settings.values.size).toBe(0);
  });

  it('starts anew when the stored list cannot be read', async () => {
    const settings = memorySettings();
    settings.values.set('web_conversations.visitor', '{"half');
    expect(await new ConversationList(settings).list('visitor')).toEqual([]);
  });

  it('makes a title of the first line, cut between characters', () => {
    expect(titleOf('  What now?\nMore text')).toBe('What now?');
    expect([...titleOf('😀'.repeat(80))]).toHaveLength(60);
    expect(titleOf('😀'.repeat(80))).toMatch(/^😀+…$/u);
  });
});
