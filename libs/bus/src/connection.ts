import { connect, Events, type JetStreamClient, type JetStreamManager, type NatsConnection } from 'nats';
import { AssistantError } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';

export interface ConnectOptions {
  /** `nats://host:port`, several separated by commas. */
  readonly url: string;
  readonly name: string;
  readonly log: Logger;
  /** How long to wait for the first connection, milliseconds. */
  readonly firstConnectMs?: number;
}

/** One connection of this process and the JetStream clients over it. */
export interface Connection {
  readonly nats: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly connected: boolean;
  /** Called after every reconnect: server-side cursors kept in memory may be gone. */
  onReconnect(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Longest wait for any answer of the store, except where a shorter one is promised. */
export const STORE_TIMEOUT_MS = 10_000;

const firstConnection = async (options: ConnectOptions): Promise<NatsConnection> => {
  const deadline = Date.now() + (options.firstConnectMs ?? 30_000);
  for (let told = false; ; told = true) {
    try {
      return await connect({
        servers: options.url.split(','),
        name: options.name,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 100,
        // A server that is stopped rather than dead is noticed by missing pongs alone.
        pingInterval: 3000,
        maxPingOut: 2,
        timeout: 3000,
        // A stack for every request costs more than the request; our errors say what was asked.
        noAsyncTraces: true,
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (Date.now() > deadline)
        throw new AssistantError(
          'store_unavailable',
          `NATS does not answer at ${options.url}: ${why}. Start nats-server with JetStream (-js), or set NATS_URL.`,
          { cause: error },
        );
      if (!told) options.log.warn(`waiting for NATS at ${options.url}`, { reason: why });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
};

/** Connects, retrying until `firstConnectMs`; afterwards it reconnects for ever. Throws `store_unavailable`. */
export const openConnection = async (options: ConnectOptions): Promise<Connection> => {
  const nats = await firstConnection(options);
  const listeners = new Set<() => void>();
  let connected = true;
  const watchStatus = async (): Promise<void> => {
    for await (const status of nats.status()) {
      if (status.type === Events.Disconnect) {
        connected = false;
        options.log.warn('NATS is gone, reconnecting');
      } else if (status.type === Events.Reconnect) {
        connected = true;
        options.log.info('NATS is back');
        for (const listener of listeners) listener();
      }
    }
  };
  void watchStatus().catch((error: unknown) => options.log.error('the NATS status feed broke', { error }));
  return {
    nats,
    js: nats.jetstream({ timeout: STORE_TIMEOUT_MS }),
    jsm: await nats.jetstreamManager({ timeout: STORE_TIMEOUT_MS, checkAPI: false }),
    get connected() {
      return connected;
    },
    onReconnect: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      listeners.clear();
      await nats.drain().catch(() => nats.close());
    },
  };
};
