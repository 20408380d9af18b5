import { createServer } from 'node:http';
import { credentials, loadPackageDefinition, Server, ServerCredentials, type Client } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { memoryConfig } from '@assistant/config';
import { GATEWAY_SERVICE, gatewayDescriptor, type ModelGatewayClient } from '@assistant/contracts/grpc';
import { LOADER_OPTIONS } from '@assistant/service';
import { silentLogger, startTracing, type Logger } from '@assistant/telemetry';
import express from 'express';
import { Seats } from '../call/limit';
import { modelProvidersSection } from '../config';
import { grpcHandlers } from '../ingress/grpc';
import { httpRoutes } from '../ingress/http';
import { Registry } from '../providers/registry';

export interface TestGateway {
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly client: ModelGatewayClient;
  readonly registry: Registry;
  readonly seats: Seats;
  /** Puts other providers in force, as a reload does. */
  configure(providers: object): void;
  close(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly log?: Logger;
}

const isGateway = (client: Client): client is ModelGatewayClient => 'StreamChat' in client;

startTracing({ service: 'test', version: '0' });

/** The gateway on real ports, HTTP and gRPC, without the process around it. */
export const startGateway = async (providers: object, { environment = {}, log = silentLogger }: TestGatewayOptions = {}): Promise<TestGateway> => {
  const config = memoryConfig([modelProvidersSection], { model_providers: providers });
  const settings = () => ({ models: config.get(modelProvidersSection), proxy: {}, dnsCache: { enabled: true, maxTtlMs: 1000 } });
  const registry = new Registry({ settings: settings(), environment, log });
  config.onChange(modelProvidersSection, () => registry.apply(settings()));
  const gateway = { registry, seats: new Seats(), events: { log } };

  const app = express();
  app.use(httpRoutes(gateway));
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const server = new Server({ 'grpc.max_receive_message_length': 32 * 1024 ** 2 });
  const definition = fromJSON(gatewayDescriptor, LOADER_OPTIONS);
  const service = definition[GATEWAY_SERVICE];
  if (service === undefined || 'format' in service) throw new Error('no gateway service in its descriptor');
  const chooseHere = async (model: string) => {
    const previous = registry.current.defaultTarget.id;
    registry.choose(model === '' ? undefined : registry.check(model));
    return { previous, current: registry.current.defaultTarget.id };
  };
  server.addService(service, grpcHandlers(gateway, { choose: chooseHere }));
  const grpcPort = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error === null ? resolve(bound) : reject(error))),
  );
  const client = openClient(`127.0.0.1:${grpcPort}`);

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    client,
    registry,
    seats: gateway.seats,
    configure: (next) => config.set({ model_providers: next }),
    close: async () => {
      client.close();
      server.forceShutdown();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      registry.close();
    },
  };
};

/** A client as other services use it. */
export const openClient = (address: string): ModelGatewayClient => {
  const loaded = loadPackageDefinition(fromJSON(gatewayDescriptor, LOADER_OPTIONS));
  let found: unknown = loaded;
  for (const part of GATEWAY_SERVICE.split('.')) found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  if (typeof found !== 'function') throw new Error('no client in the descriptor');
  const client: unknown = Reflect.construct(found, [address, credentials.createInsecure()]);
  if (!isClient(client) || !isGateway(client)) throw new Error('not a gateway client');
  return client;
};

const isClient = (value: unknown): value is Client => typeof value === 'object' && value !== null && 'waitForReady' in value;
