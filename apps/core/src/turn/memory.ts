import type { Conversation } from './conversation';

/**
 * Conversations kept in memory between turns, so that a busy one is not read back every time. Bounded by an
 * estimate of its bytes; the least recently used go first. An entry counts only for the lease epoch it was made in.
 */
export class ConversationMemory {
  readonly #entries = new Map<string, { readonly epoch: number; readonly conversation: Conversation; readonly bytes: number }>();
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  take(key: string, epoch: number): Conversation | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    return entry.epoch === epoch ? entry.conversation : undefined;
  }

  keep(key: string, epoch: number, conversation: Conversation): void {
    const bytes = estimate(conversation);
    this.take(key, epoch);
    this.#entries.set(key, { epoch, conversation, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#limitBytes) break;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}

/** Tokens stand for about four bytes of text; two bytes a character in memory, and the objects around it. */
const estimate = ({ history }: Conversation): number => 2500 + history.reduce((total, { tokens, messages }) => total + tokens * 8 + messages.length * 300, 0);
