import { credentials, makeClientConstructor, Metadata, Server, ServerCredentials, status, type Client, type ServiceError } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { TOOLBOX_SERVICE, toolboxDescriptor, type ProtoInvokeEventOutput, type ProtoInvokeRequest, type ToolboxClient } from '@assistant/contracts/grpc';
import { LOADER_OPTIONS } from '@assistant/service';
import { createGuardedClient } from '@assistant/net';
import { silentLogger, type Logger } from '@assistant/telemetry';
import { toolboxSection, type ToolboxSettings } from '../config';
import { createHandlers } from '../handlers';
import { createCallLimit, type CallLimit } from '../invoke/limit';
import { TOOLS } from '../tools/catalogue';
import type { Tool } from '../tools/tool';
import { createWorkerPool } from '../worker/pool';

const definition = fromJSON(toolboxDescriptor, LOADER_OPTIONS)[TOOLBOX_SERVICE];
const isToolbox = (client: Client): client is ToolboxClient => 'Invoke' in client;

export interface RunningToolbox {
  readonly client: ToolboxClient;
  readonly limit: CallLimit;
  /** Every event of one call; rejects with the call's status when that is not OK. */
  invoke(
    request: ProtoInvokeRequest,
    options?: {
      readonly deadlineMs?: number;
      readonly traceparent?: string;
      readonly signal?: AbortSignal;
      readonly onEvent?: (event: ProtoInvokeEventOutput) => void;
    },
  ): Promise<readonly ProtoInvokeEventOutput[]>;
  stop(): Promise<void>;
}

export const settingsWith = (overrides: Partial<ToolboxSettings> = {}): ToolboxSettings => ({ ...toolboxSection.schema.parse(undefined), ...overrides });

/** The toolbox's handlers behind a real gRPC server, with a real client. */
export const startToolbox = async (
  options: { readonly tools?: readonly Tool[]; readonly settings?: ToolboxSettings; readonly log?: Logger; readonly now?: () => number } = {},
): Promise<RunningToolbox> => {
  if (definition === undefined || 'format' in definition) throw new Error('no toolbox in the descriptor');
  const workers = {
    calculator: createWorkerPool({ name: 'evaluate', size: 2, maxMemoryMb: 96, maxWaiting: 128 }),
    pages: createWorkerPool({ name: 'page', size: 1, maxMemoryMb: 256, maxWaiting: 32 }),
  };
  const limit = createCallLimit();
  const settings = options.settings ?? settingsWith();
  const server = new Server();
  server.addService(
    definition,
    createHandlers(() => ({
      tools: options.tools ?? TOOLS,
      limit,
      log: options.log ?? silentLogger,
      settings,
      workers,
      http: createGuardedClient({ allow: settings.web_fetch.allow }),
      now: options.now ?? Date.now,
    })),
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  const Constructor = makeClientConstructor(definition, TOOLBOX_SERVICE);
  const client: Client = new Constructor(`127.0.0.1:${port}`, credentials.createInsecure());
  if (!isToolbox(client)) throw new Error('no toolbox client');
  return {
    client,
    limit,
    invoke: (request, { deadlineMs = 20_000, traceparent, signal, onEvent } = {}) =>
      new Promise((resolve, reject) => {
        const metadata = new Metadata();
        if (traceparent !== undefined) metadata.set('traceparent', traceparent);
        const call = client.Invoke(request, metadata, { deadline: Date.now() + deadlineMs });
        const events: ProtoInvokeEventOutput[] = [];
        signal?.addEventListener('abort', () => call.cancel());
        call.on('data', (event: ProtoInvokeEventOutput) => {
          events.push(event);
          onEvent?.(event);
        });
        call.on('error', (error: ServiceError) => reject(error));
        call.on('end', () => resolve(events));
      }),
    stop: async () => {
      client.close();
      server.forceShutdown();
      await Promise.all([workers.calculator.close(), workers.pages.close()]);
    },
  };
};

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? (status[error.code] ?? '') : '';
