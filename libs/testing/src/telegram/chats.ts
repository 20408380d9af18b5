import { badRequest, Refusal } from './refusal';
import type { SentMessage } from './messages';

/** One line of the witness: what a chat received, in order. */
export interface LogEntry {
  readonly what: 'send' | 'edit' | 'delete';
  readonly chat: string;
  readonly messageId: number;
  readonly text: string;
  /** Monotonic milliseconds of this process. */
  readonly at: number;
}

type Content = Omit<SentMessage, 'chat' | 'id'>;

/** The chats of the fake and what they received. The log is append-only: the drill's independent witness. */
export class Chats {
  readonly log: LogEntry[] = [];
  readonly #chats = new Map<string, Map<number, SentMessage>>();
  readonly #keys = new Map<string, SentMessage>();
  readonly blocked = new Set<string>();
  readonly migrated = new Map<string, string>();
  #nextId = 1000;

  constructor(private readonly honoursKeys: boolean) {}

  /** A chat exists once a person has written in it. */
  open(chat: string): void {
    if (!this.#chats.has(chat)) this.#chats.set(chat, new Map());
  }

  /** The number of the next message in any chat: it rises, also over what people write. */
  nextId(): number {
    return this.#nextId++;
  }

  known(chat: string): Map<number, SentMessage> {
    const target = this.migrated.get(chat);
    if (target !== undefined) throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: Number(target) });
    if (this.blocked.has(chat)) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    const messages = this.#chats.get(chat);
    if (messages === undefined) throw badRequest('chat not found');
    return messages;
  }

  send(chat: string, content: Content, key: string | undefined): SentMessage {
    const messages = this.known(chat);
    const earlier = this.honoursKeys && key !== undefined ? this.#keys.get(key) : undefined;
    if (earlier !== undefined) return earlier;
    const message: SentMessage = { ...content, chat, id: this.nextId() };
    messages.set(message.id, message);
    if (key !== undefined) this.#keys.set(key, message);
    this.#write('send', message);
    return message;
  }

  edit(chat: string, id: number, text: string, entities: readonly unknown[], buttons: unknown): SentMessage {
    const messages = this.known(chat);
    const old = messages.get(id);
    if (old === undefined) throw badRequest('message to edit not found');
    if (old.text === text && JSON.stringify(old.entities) === JSON.stringify(entities) && JSON.stringify(old.buttons) === JSON.stringify(buttons)) {
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    }
    const message = { ...old, text, entities, buttons };
    messages.set(id, message);
    this.#write('edit', message);
    return message;
  }

  remove(chat: string, id: number): true {
    const messages = this.known(chat);
    const message = messages.get(id);
    if (message === undefined) throw badRequest('message to delete not found');
    messages.delete(id);
    this.#write('delete', message);
    return true;
  }

  /** What a chat shows now, in order. */
  shown(chat: string): readonly SentMessage[] {
    return [...(this.#chats.get(chat)?.values() ?? [])];
  }

  #write(what: LogEntry['what'], { chat, id, text }: SentMessage): void {
    this.log.push({ what, chat, messageId: id, text, at: performance.now() });
  }
}
