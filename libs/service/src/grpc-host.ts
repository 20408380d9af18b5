import type { Server } from '@grpc/grpc-js';
import { AssistantError } from '@assistant/contracts';
import type { GrpcService } from './grpc-server';

const MEBIBYTE = 1024 ** 2;
/** Media travel inside messages up to the HTTP body limit, and a little more for the envelope. */
const MAX_MESSAGE_BYTES = 32 * MEBIBYTE;

export const LOADER_OPTIONS = { longs: Number, enums: String, defaults: true, oneofs: true } as const;

export interface GrpcHost {
  readonly port: number;
  /** Takes no new call; running ones may end until `close`. */
  drain(): void;
  close(): Promise<void>;
}

/**
 * Hosts every gRPC service of a process on one port, with `grpc.health.v1` and reflection. gRPC is loaded only here,
 * so that an adapter's process never pays for it. Throws `config_invalid` when the port is taken.
 */
export const hostGrpc = async (services: readonly GrpcService[], host: string, port: number): Promise<GrpcHost> => {
  const grpc = await import('@grpc/grpc-js');
  const loader = await import('@grpc/proto-loader');
  const { HealthImplementation } = await import('grpc-health-check');
  const { ReflectionService } = await import('@grpc/reflection');

  const server: Server = new grpc.Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    'grpc.keepalive_time_ms': 30_000,
  });
  const health = new HealthImplementation({ '': 'SERVING', ...Object.fromEntries(services.map(({ name }) => [name, 'SERVING' as const])) });
  health.addToServer(server);
  for (const service of services) {
    const definition = loader.fromJSON(service.descriptor, LOADER_OPTIONS);
    const own = definition[service.name];
    if (own === undefined || 'format' in own) throw new AssistantError('internal', `${service.name} is not in its descriptor`);
    server.addService(own, service.handlers);
  }
  // One reflection service describes them all: a second one would claim the same methods.
  const all = Object.fromEntries(services.flatMap(({ descriptor }) => Object.entries(loader.fromJSON(descriptor, LOADER_OPTIONS))));
  new ReflectionService(all).addToServer(server);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, grpc.ServerCredentials.createInsecure(), (error, actual) =>
      error
        ? reject(new AssistantError('config_invalid', `gRPC port ${port} is taken. Stop what uses it, or set ASSISTANT_GRPC_PORT.`, { cause: error }))
        : resolve(actual),
    );
  });
  let ended: Promise<void> | undefined;
  const drain = (): void => {
    health.setStatus('', 'NOT_SERVING');
    ended ??= new Promise((resolve) => server.tryShutdown(() => resolve()));
  };
  return {
    port: bound,
    drain,
    close: async () => {
      drain();
      server.forceShutdown();
      await ended;
    },
  };
};
