/** What a chat received, in order: the platform's own log, nothing of ours. */
export interface Received {
  readonly chat: string;
  readonly text: string;
}

export interface Verdict {
  readonly missing: readonly string[];
  /** Marks that arrived more than once, with how often beyond the first time. */
  readonly duplicates: ReadonlyMap<string, number>;
  /** Pairs that arrived in the wrong order within a chat. */
  readonly outOfOrder: number;
  /** Messages that answer nothing that was sent: apologies, errors. */
  readonly strange: readonly string[];
}

export const markOf = (chat: string, index: number): string => `m-${chat}-${index}.`;

const MARK = /m-(-?\d+)-(\d+)\./;

/**
 * Judges by the platform's log alone: every accepted message has exactly one answer in its chat, in the order in which
 * the messages were accepted. Pure.
 */
export const judge = (accepted: ReadonlyMap<string, number>, received: readonly Received[]): Verdict => {
  const seen = new Map<string, number>();
  const strange: string[] = [];
  const highest = new Map<string, number>();
  let outOfOrder = 0;
  for (const { chat, text } of received) {
    const [mark, inChat, index] = MARK.exec(text) ?? [];
    if (mark === undefined || inChat !== chat) {
      strange.push(text);
      continue;
    }
    const times = (seen.get(mark) ?? 0) + 1;
    seen.set(mark, times);
    // A repeat of an old answer is a duplicate, not a swap.
    if (times > 1) continue;
    const number = Number(index);
    if (number < (highest.get(chat) ?? -1)) outOfOrder++;
    highest.set(chat, Math.max(number, highest.get(chat) ?? -1));
  }
  const missing = [...accepted].flatMap(([chat, count]) => Array.from({ length: count }, (_, index) => markOf(chat, index)).filter((mark) => !seen.has(mark)));
  return { missing, duplicates: new Map([...seen].filter(([, times]) => times > 1).map(([mark, times]) => [mark, times - 1])), outOfOrder, strange };
};

export const duplicateCount = ({ duplicates }: Verdict): number => [...duplicates.values()].reduce((total, times) => total + times, 0);
