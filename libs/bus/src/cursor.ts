import { AckPolicy, createInbox, DeliverPolicy, type Msg, type Subscription as NatsSubscription } from 'nats';
import { laneOf } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';
import type { ReadOptions, StreamReader } from './bus';
import type { Connection } from './connection';
import { deliveryInfo } from './delivery-info';

/** A pull asks the server to hold it this long; half of it between heartbeats is the most the server allows. */
const PULL_EXPIRES_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const nanos = (milliseconds: number): number => milliseconds * 1_000_000;

/**
 * Reads a filtered stream in order, over a server-side pull consumer without acknowledgements: a cursor and no
 * more. It lives in the server's memory, so it is made anew at the next unread sequence whenever it is gone: after a
 * server restart, a missed heartbeat, or a gap in the delivery numbers.
 *
 *   open ─▶ [create consumer at next] ─▶ [pull batch] ─▶ messages … ─▶ [pull batch] …
 *                 ▲                                          │ gap, gone, silent, reconnect
 *                 └──────────────────────────────────────────┘
 */
export const openCursor = (connection: Connection, options: ReadOptions, log: Logger): StreamReader => {
  const { nats, jsm } = connection;
  const inbox = createInbox();
  let next = options.from;
  let generation = 0;
  let consumer = '';
  let delivered = 0;
  let outstanding = 0;
  let paused = false;
  let closed = false;
  let opening = false;
  let lastHeard = Date.now();
  let retry: NodeJS.Timeout | undefined;

  const pull = (): void => {
    if (paused || closed || opening || outstanding > 0 || consumer === '') return;
    outstanding = options.batch;
    const request = JSON.stringify({ batch: options.batch, expires: nanos(PULL_EXPIRES_MS), idle_heartbeat: nanos(HEARTBEAT_MS) });
    nats.publish(`$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${consumer}`, request, { reply: inbox });
  };

  const open = async (): Promise<void> => {
    if (opening || closed) return;
    opening = true;
    const name = `${options.name}-${++generation}-${Math.random().toString(36).slice(2, 8)}`;
    const previous = consumer;
    consumer = '';
    try {
      await jsm.consumers.add(options.stream, {
        name,
        ack_policy: AckPolicy.None,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: Math.max(1, next),
        filter_subject: options.filter,
        inactive_threshold: nanos(PULL_EXPIRES_MS * 2),
        mem_storage: true,
        num_replicas: 1,
      });
      consumer = name;
      delivered = 0;
      outstanding = 0;
      lastHeard = Date.now();
    } catch (error) {
      // The server may be restarting; its absence is reported once, by the connection.
      if (connection.connected) log.warn('a cursor could not be opened, trying again', { stream: options.stream, filter: options.filter, error });
      retry = setTimeout(() => void open(), 500);
      retry.unref();
    } finally {
      opening = false;
    }
    if (closed) void discard(name);
    else pull();
    if (previous !== '') void discard(previous);
  };

  const discard = (name: string): Promise<unknown> => jsm.consumers.delete(options.stream, name).catch(() => undefined);

  const onStatus = (message: Msg): void => {
    lastHeard = Date.now();
    switch (message.headers?.code) {
      case 100: // idle heartbeat
        return;
      case 404: // no messages
      case 408: // the pull expired
        outstanding = 0;
        pull();
        return;
      default: // 409: consumer deleted, leadership change …; 503: no responders
        outstanding = 0;
        void open();
    }
  };

  const onMessage = (message: Msg): void => {
    if (message.data.length === 0 && (message.headers?.code ?? 0) > 0) return onStatus(message);
    lastHeard = Date.now();
    const info = deliveryInfo(message.reply);
    // What an abandoned consumer still sends comes again from its successor.
    if (info === undefined || info.consumer !== consumer || closed) return;
    const { streamSequence, deliverySequence, storedAt } = info;
    if (deliverySequence !== delivered + 1) return void open();
    delivered = deliverySequence;
    outstanding--;
    next = streamSequence + 1;
    const lane = laneOf(message.subject);
    if (lane !== undefined) {
      options.onMessage({
        sequence: streamSequence,
        subject: message.subject,
        lane,
        data: message.data,
        traceparent: message.headers?.get('traceparent') || undefined,
        storedAt,
      });
    }
    if (outstanding === 0) pull();
  };

  const subscription: NatsSubscription = nats.subscribe(inbox, { callback: (error, message) => (error === null ? onMessage(message) : undefined) });
  const stopListening = connection.onReconnect(() => void open());
  const watchdog = setInterval(() => {
    if (!paused && connection.connected && Date.now() - lastHeard > HEARTBEAT_MS * 2.5) void open();
  }, HEARTBEAT_MS);
  watchdog.unref();
  void open();

  return {
    pause: () => {
      paused = true;
    },
    resume: () => {
      if (!paused) return;
      paused = false;
      // While paused nobody pulled; the silence is ours, not the server's.
      lastHeard = Date.now();
      pull();
    },
    close: async () => {
      closed = true;
      clearInterval(watchdog);
      clearTimeout(retry);
      stopListening();
      subscription.unsubscribe();
      if (consumer !== '' && connection.connected) await discard(consumer);
    },
  };
};
