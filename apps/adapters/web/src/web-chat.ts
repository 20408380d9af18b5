import { Pressure } from '@assistant/adapter-kit';
import type { Bus, PublishReceipt, Stored } from '@assistant/bus';
import {
  asAssistantError,
  AssistantError,
  crashPoint,
  inboundEventSchema,
  plainText,
  type CommitRecord,
  type Destination,
  type InboundEvent,
  type WebConversation,
  type WebEvent,
  type WebHistory,
  type WebMedia,
  type WebQuestion,
} from '@assistant/contracts';
import { metrics, SpanKind, startSpan, type Logger, type Span } from '@assistant/telemetry';
import { ConversationList, titleOf } from './conversation-list';
import { destinationOf, inboundId, messageIdOf, newChatId, openConversation } from './conversation';
import { followLane } from './feed';
import { readCommits } from './history';
import { readAccepted, type Accepted } from './inbound-read';
import { openUploadRef, webMediaOf } from './media-link';
import { normalise, type WebMessage } from './normalise';
import { ReplyClock } from './reply-clock';
import { turnView, type Viewer } from './turn-view';

const NEVER = new AbortController().signal;
const LIST_TIMEOUT_MS = 1000;

export interface Receipt {
  readonly id: string;
  readonly duplicate: boolean;
  readonly traceId: string;
}

/** What the routes do, without HTTP: conversations, intake and the way back, all through the bus. */
export class WebChat {
  readonly #bus: Bus;
  readonly #log: Logger;
  readonly #list: ConversationList;
  readonly #clock = new ReplyClock();
  readonly #pressure = new Pressure();
  readonly #draining: () => boolean;

  constructor(bus: Bus, log: Logger, draining: () => boolean) {
    this.#bus = bus;
    this.#log = log;
    this.#draining = draining;
    this.#list = new ConversationList(bus.settings);
  }

  async conversations(visitorId: string): Promise<readonly WebConversation[]> {
    return (await this.#list.list(visitorId)).map(({ id, title, at }) => ({ id, title, at }));
  }

  async createConversation(visitorId: string): Promise<WebConversation> {
    const entry = { id: newChatId(visitorId), title: '', at: Date.now(), lastIn: 0 };
    await this.#list.write(visitorId, entry);
    return { id: entry.id, title: entry.title, at: entry.at };
  }

  async removeConversation(visitorId: string, chatId: string): Promise<void> {
    openConversation(chatId, visitorId);
    await this.#list.remove(visitorId, chatId);
  }

  /**
   * INTAKE: room? → normalise → publish. Resolves after the store confirmed. Throws `bad_request`, and
   * `store_unavailable`, `overloaded` or `draining` when the same message should be sent again.
   */
  async accept(message: WebMessage, to: Destination, viewer: Viewer, traceparent: string | undefined, listed: boolean): Promise<Receipt> {
    const span = startSpan('intake', traceparent, { 'assistant.platform': 'web' }, SpanKind.SERVER);
    try {
      this.#refuseWhenBusy();
      const event = normalise(message, to, viewer.visitorId, (ref) => openUploadRef(ref, viewer.visitorId, viewer.signer), new Date());
      const { sequence, duplicate } = await this.#publish(inboundEventSchema.parse(event), span);
      if (listed) await this.#remember(viewer.visitorId, event, sequence);
      span.end();
      return { id: message.id, duplicate, traceId: span.traceId };
    } catch (raw) {
      const error = asAssistantError(raw);
      metrics.inbound.inc({
        platform: 'web',
        result: error.entry.failed === 'caller' ? 'refused' : error.code === 'store_unavailable' ? 'unavailable' : 'busy',
      });
      span.end(error);
      throw new AssistantError(error.code, error.message, { ...error.details, traceId: span.traceId });
    }
  }

  async history(to: Destination, viewer: Viewer, before: number | undefined, limit: number, signal: AbortSignal = NEVER): Promise<WebHistory> {
    const page = await readCommits(this.#bus.turns, to, before, limit);
    const lastIn = before === undefined ? ((await this.#list.find(viewer.visitorId, to.chatId))?.lastIn ?? 0) : 0;
    const answered = page.commits.at(-1)?.record.inSeq ?? 0;
    const unanswered = lastIn > answered ? await readAccepted(this.#bus.spine, to, answered + 1, lastIn, signal) : [];
    return {
      turns: await this.#views(page.commits, to, viewer, signal),
      more: page.more,
      cursor: page.newest,
      pending: unanswered.map(({ event }) => ({ messageId: event.message.id, ...this.#question(event, viewer) })),
    };
  }

  /** The conversation from a commit on (undefined: from now on), until `signal` aborts. */
  async *events(to: Destination, viewer: Viewer, after: number | undefined, signal: AbortSignal): AsyncGenerator<WebEvent> {
    const start = after ?? (await readCommits(this.#bus.turns, to, undefined, 1)).newest;
    for await (const event of followLane({ bus: this.#bus, lane: to, after: start, log: this.#log, signal })) {
      if (event.kind !== 'commit') {
        yield event.kind === 'started' ? { kind: 'started', turnId: event.turnId, messageIds: event.inIds.map((id) => messageIdOf(to.chatId, id)) } : event;
        continue;
      }
      const [turn] = await this.#views([event.stored], to, viewer, signal);
      if (turn !== undefined) yield { kind: 'commit', turn };
      this.#clock.shown(event.stored);
    }
  }

  /** Sends one message and waits for its answer; undefined if `signal` aborts first (the answer still comes). */
  async ask(
    message: WebMessage,
    chatId: string | undefined,
    viewer: Viewer,
    traceparent: string | undefined,
    listed: boolean,
    signal: AbortSignal,
  ): Promise<{ readonly conversation: string; readonly receipt: Receipt; readonly answer: CommitRecord | undefined }> {
    const to = chatId === undefined ? destinationOf(newChatId(viewer.visitorId)) : openConversation(chatId, viewer.visitorId);
    const { newest } = await readCommits(this.#bus.turns, to, undefined, 1);
    const receipt = await this.accept(message, to, viewer, traceparent, listed);
    for await (const event of followLane({ bus: this.#bus, lane: to, after: newest, log: this.#log, signal })) {
      if (event.kind !== 'commit' || !event.stored.record.inIds.includes(inboundId(to.chatId, message.id))) continue;
      this.#clock.shown(event.stored);
      return { conversation: to.chatId, receipt, answer: event.stored.record };
    }
    return { conversation: to.chatId, receipt, answer: undefined };
  }

  #refuseWhenBusy(): void {
    if (this.#draining()) throw new AssistantError('draining', 'this replica is stopping', { retryAfterMs: 1000 });
    const retryAfterMs = this.#pressure.refuse();
    if (retryAfterMs !== undefined) throw new AssistantError('overloaded', 'too many messages at once', { retryAfterMs });
  }

  async #publish(event: InboundEvent, span: Span): Promise<PublishReceipt> {
    const publishing = span.child('intake.publish');
    try {
      const receipt = await this.#pressure.track(() => this.#bus.publishInbound(event, span.traceparent));
      crashPoint('edge-after-puback');
      metrics.inbound.inc({ platform: 'web', result: receipt.duplicate ? 'duplicate' : 'accepted' });
      if (this.#log.isEnabled('debug')) {
        const { conversation, tenant } = event.from;
        this.#log.debug('a message was accepted', {
          hop: 'intake.publish',
          trace_id: span.traceId,
          platform: 'web',
          tenant,
          conversation,
          sequence: receipt.sequence,
          duplicate: receipt.duplicate,
        });
      }
      return receipt;
    } finally {
      publishing.end();
    }
  }

  /** The list is a convenience: when it cannot be written in time, the accepted message stays accepted. */
  async #remember(visitorId: string, event: InboundEvent, sequence: number): Promise<void> {
    const title = titleOf(event.message.text === '' ? plainText(event.message.parts) : event.message.text);
    const write = this.#list.write(visitorId, { id: event.from.chatId, title, at: Date.parse(event.receivedAt), lastIn: sequence });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LIST_TIMEOUT_MS);
    });
    await Promise.race([
      write.catch((error: unknown) => this.#log.warn('the conversation list could not be written', { error, conversation: event.from.conversation })),
      late,
    ]);
    clearTimeout(timer);
  }

  #question(event: InboundEvent, viewer: Viewer): WebQuestion {
    const media = event.message.parts.flatMap((part): WebMedia[] =>
      part.type === 'media' ? [webMediaOf(part.media, part.kind, part.caption, viewer.visitorId, viewer.signer)] : [],
    );
    return { text: event.message.text, media, at: Date.parse(event.receivedAt) };
  }

  /** Commits as the page shows them. What a person wrote is looked up in IN where the commit's history lacks it. */
  async #views(commits: readonly Stored<CommitRecord>[], to: Destination, viewer: Viewer, signal: AbortSignal): Promise<WebHistory['turns']> {
    const wordless = commits.filter(({ record }) => !record.history.some(({ role }) => role === 'user')).map(({ record }) => record.inSeq);
    const found: readonly Accepted[] =
      wordless.length === 0 ? [] : await readAccepted(this.#bus.spine, to, Math.min(...wordless), Math.max(...wordless), signal);
    return commits.map((stored) => {
      const asked = found.find(({ sequence }) => sequence === stored.record.inSeq);
      return turnView(stored, viewer, asked && this.#question(asked.event, viewer));
    });
  }
}
