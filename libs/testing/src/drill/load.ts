import type { FakeTelegram } from '../telegram';
import { markOf } from './witness';

export interface LoadOptions {
  readonly fake: FakeTelegram;
  readonly urls: readonly string[];
  readonly secret: string;
  readonly messages: number;
  readonly conversations: number;
  /** Messages a second over all conversations. */
  readonly rate: number;
  readonly duplicates: number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export interface Load {
  /** Chat → how many of its messages were accepted (2xx). */
  readonly accepted: Map<string, number>;
  readonly deliveries: () => number;
  readonly done: Promise<void>;
}

/**
 * People writing: each conversation sends its next message only when the last one was taken, as one person's client
 * does, and some webhooks come twice, at once or a little later, to any replica.
 */
export const startLoad = (options: LoadOptions): Load => {
  const { fake, urls, secret, messages, conversations, rate, duplicates, random, signal } = options;
  const accepted = new Map<string, number>();
  const each = Math.ceil(messages / conversations);
  const pauseMs = (conversations / rate) * 1000;
  let deliveries = 0;
  const repeats: Promise<unknown>[] = [];

  const converse = async (chat: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, random() * pauseMs));
    for (let index = 0; index < each && !signal.aborted; index++) {
      const update = fake.update(chat, { text: `please repeat ${markOf(chat, index)}` });
      if (random() < duplicates) repeats.push(repeat(update));
      await count(fake.deliver(update, urls, signal, secret));
      if (signal.aborted) return;
      accepted.set(chat, index + 1);
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + random())));
    }
  };
  const repeat = async (update: object): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, random() < 0.5 ? 0 : random() * 2000));
    await count(fake.deliver(update, urls, signal, secret));
  };
  const count = async (tries: Promise<number>): Promise<void> => {
    const made = await tries;
    deliveries += made;
  };
  const all = Promise.all(Array.from({ length: conversations }, (_, index) => converse(String(7_000_000 + index))));
  return { accepted, deliveries: () => deliveries, done: all.then(() => Promise.all(repeats)).then(() => undefined) };
};
