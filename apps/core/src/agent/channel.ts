import { credentials, makeClientConstructor, Metadata, type ChannelOptions, type Client, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

export interface ChannelSettings<C extends Client> {
  /** host:port, or any target that gRPC resolves. */
  readonly address: string;
  readonly descriptor: object;
  /** Full name, from `@assistant/contracts/grpc`. */
  readonly service: string;
  /** Connections to each replica; one HTTP/2 session alone is the bottleneck under load. */
  readonly count: number;
  readonly isClient: (client: Client) => client is C;
}

export interface Channels<C extends Client> {
  /** The client whose turn it is. */
  next(): C;
  close(): void;
}

/** How the JSON descriptors are read; equal to what the generated types were made with. */
const CODEC = { longs: Number, enums: String, defaults: true, oneofs: true } as const;

const OPTIONS: ChannelOptions = {
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  // Channels to one address share their connections unless told otherwise.
  'grpc.use_local_subchannel_pool': 1,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 3_000,
  'grpc.dns_min_time_between_resolutions_ms': 5_000,
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.max_send_message_length': 64 * 1024 * 1024,
};

const isServiceDefinition = (value: unknown): value is ServiceDefinition => typeof value === 'object' && value !== null && !('format' in value);

/** Opens lazily: the first call connects. Throws if the descriptor lacks the service (a defect of the build). */
export const openChannels = <C extends Client>(settings: ChannelSettings<C>): Channels<C> => {
  const definition: unknown = fromJSON(settings.descriptor, CODEC)[settings.service];
  if (!isServiceDefinition(definition)) throw new Error(`the descriptor has no service ${settings.service}`);
  const Constructor = makeClientConstructor(definition, settings.service);
  const target = /:\/\/|^(?:unix|ipv4|ipv6):/.test(settings.address) ? settings.address : `dns:///${settings.address}`;
  const clients = Array.from({ length: settings.count }, () => {
    const client: Client = new Constructor(target, credentials.createInsecure(), OPTIONS);
    if (!settings.isClient(client)) throw new Error(`the client of ${settings.service} lacks a method`);
    return client;
  });
  let turn = 0;
  return {
    next: () => {
      const client = clients[turn++ % clients.length];
      if (client === undefined) throw new Error('no channel is open');
      return client;
    },
    close: () => {
      for (const client of clients) client.close();
    },
  };
};

/** What every call of ours carries. */
export const callMetadata = (traceparent: string): Metadata => {
  const metadata = new Metadata();
  metadata.set('traceparent', traceparent);
  return metadata;
};
