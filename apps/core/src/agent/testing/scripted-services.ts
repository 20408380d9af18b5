import { Metadata, Server, ServerCredentials, status, type ServerWritableStream, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import type { ErrorCode } from '@assistant/contracts';
import { ERRORS } from '@assistant/contracts';
import {
  GATEWAY_SERVICE,
  gatewayDescriptor,
  TOOLBOX_SERVICE,
  toolboxDescriptor,
  type ProtoChatEvent,
  type ProtoChatEventOutput,
  type ProtoChatRequestOutput,
  type ProtoInvokeEvent,
  type ProtoInvokeRequestOutput,
  type ProtoModelInfo,
  type ProtoToolDescriptor,
} from '@assistant/contracts/grpc';

const CODEC = { longs: Number, enums: String, defaults: true, oneofs: true } as const;

/** Starts one gRPC service on a free loopback port. */
const listen = async (descriptor: object, name: string, handlers: UntypedServiceImplementation): Promise<{ readonly address: string; stop(): void }> => {
  const definition = fromJSON(descriptor, CODEC)[name];
  if (definition === undefined || 'format' in definition) throw new Error(`no ${name}`);
  const server = new Server();
  server.addService(definition, handlers);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
};

const field = (number: number, content: string | Buffer): Buffer => {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  const length: number[] = [];
  let rest = bytes.length;
  while (rest >= 0x80) {
    length.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length, rest]), bytes]);
};

/** A google.rpc.Status with ErrorInfo and, if told, RetryInfo, encoded by hand. */
export const statusDetails = (reason: string, retrySeconds?: number): Buffer => {
  const any = (type: string, value: Buffer): Buffer => field(3, Buffer.concat([field(1, `type.googleapis.com/${type}`), field(2, value)]));
  const info = any(
    'google.rpc.ErrorInfo',
    Buffer.concat([field(1, reason), field(2, 'assistant.gateway'), field(3, Buffer.concat([field(1, 'subject'), field(2, 'glm')]))]),
  );
  const retry = retrySeconds === undefined ? Buffer.alloc(0) : any('google.rpc.RetryInfo', field(1, Buffer.from([8, retrySeconds])));
  return Buffer.concat([Buffer.from([8, 14]), field(2, 'words of the vendor that nobody may see'), info, retry]);
};

/** The status a gateway answers with for one of our codes. */
export const serviceError = (code: ErrorCode, retrySeconds?: number) => {
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', statusDetails(code, retrySeconds));
  return { code: status[ERRORS[code].grpc], details: 'words of the vendor that nobody may see', metadata };
};

type ChatCall = ServerWritableStream<ProtoChatRequestOutput, ProtoChatEvent>;

/** What the gateway does with one StreamChat; it must end the call, or leave it open on purpose. */
export type ChatScript = (call: ChatCall) => void;

export const events = {
  started: { started: { id: 'r', provider: 'demo', model: 'one' } },
  text: (text: string): ProtoChatEvent => ({ textDelta: { choice: 0, text } }),
  call: (index: number, id: string, name: string, args: string): readonly ProtoChatEvent[] => [
    { toolCallStart: { choice: 0, index, id, name } },
    ...(args.match(/[\s\S]{1,3}/g) ?? []).map((fragment) => ({ toolCallDelta: { choice: 0, index, fragment } })),
    { toolCallEnd: { choice: 0, index } },
  ],
  finish: (reason: 'STOP' | 'LENGTH' | 'TOOL_CALLS' | 'CONTENT_FILTER' | 'ERROR'): ProtoChatEvent => ({
    finish: { choice: 0, reason: `FINISH_REASON_${reason}`, raw: '' },
  }),
  usage: (inputTokens: number, outputTokens: number): ProtoChatEvent => ({
    usage: { inputTokens, outputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
  }),
};

const send = (call: ChatCall, list: readonly ProtoChatEvent[]): void => {
  for (const event of list) call.write(event);
};

/** An answer in words. */
export const says =
  (text: string, reason: 'STOP' | 'LENGTH' | 'CONTENT_FILTER' | 'ERROR' = 'STOP'): ChatScript =>
  (call) => {
    send(call, [events.started, ...(text.match(/[\s\S]{1,7}/g) ?? []).map(events.text), events.finish(reason), events.usage(10, 5)]);
    call.end();
  };

export interface ScriptedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** An answer that calls tools, after some words if told. */
export const calls =
  (list: readonly ScriptedCall[], text = ''): ChatScript =>
  (call) => {
    send(call, [
      events.started,
      ...(text === '' ? [] : [events.text(text)]),
      ...list.flatMap(({ id, name, arguments: args }, index) => events.call(index, id, name, args)),
      events.finish('TOOL_CALLS'),
      events.usage(20, 7),
    ]);
    call.end();
  };

export const failsWith =
  (code: ErrorCode, after = '', retrySeconds?: number): ChatScript =>
  (call) => {
    if (after !== '') send(call, [events.started, events.text(after)]);
    call.emit('error', serviceError(code, retrySeconds));
  };

export interface ScriptedGateway {
  readonly address: string;
  /** Every request, in order. */
  readonly requests: readonly ProtoChatRequestOutput[];
  readonly traceparents: readonly string[];
  /** Calls that no script was left for. A test ends with none. */
  readonly unexpected: number;
  /** Resolves when the n-th call (from 0) was cancelled by its caller. */
  cancelled(call: number): Promise<undefined>;
  stop(): void;
}

/** A gateway that answers each call by the next script, and refuses what is not in the script. */
export const startGateway = async (scripts: readonly ChatScript[], models: readonly ProtoModelInfo[] = []): Promise<ScriptedGateway> => {
  const requests: ProtoChatRequestOutput[] = [];
  const traceparents: string[] = [];
  const cancelled = new Map<number, PromiseWithResolvers<undefined>>();
  const cancellation = (index: number) => {
    const known = cancelled.get(index) ?? Promise.withResolvers<undefined>();
    cancelled.set(index, known);
    return known;
  };
  let unexpected = 0;
  const server = await listen(gatewayDescriptor, GATEWAY_SERVICE, {
    StreamChat: (call: ChatCall) => {
      const index = requests.push(call.request) - 1;
      traceparents.push(String(call.metadata.get('traceparent')[0] ?? ''));
      call.on('cancelled', () => cancellation(index).resolve(undefined));
      const script = scripts[index];
      if (script !== undefined) return script(call);
      unexpected++;
      call.emit('error', { code: status.FAILED_PRECONDITION, details: 'no script is left' });
    },
    ListModels: (_call: unknown, respond: (error: null, value: { models: readonly ProtoModelInfo[] }) => void) => respond(null, { models }),
  });
  return {
    ...server,
    requests,
    traceparents,
    get unexpected() {
      return unexpected;
    },
    cancelled: (call) => cancellation(call).promise,
  };
};

export type ScriptedTool = (call: ServerWritableStream<ProtoInvokeRequestOutput, ProtoInvokeEvent>) => void;

/** A tool that answers at once. */
export const answers =
  (content: string): ScriptedTool =>
  (call) => {
    call.write({ result: { ok: true, content, truncated: false } });
    call.end();
  };

export const toolDescriptor = (name: string, facts: Partial<ProtoToolDescriptor> = {}): ProtoToolDescriptor => ({
  name,
  title: { en: `The ${name}`, zh: `工具 ${name}` },
  description: `does ${name}`,
  inputSchema: '{"type":"object"}',
  risk: 'read',
  effects: 'none',
  retrySafe: true,
  readsPrivate: false,
  ingestsUntrusted: false,
  timeoutMs: 5_000,
  ...facts,
});

export interface ScriptedToolbox {
  readonly address: string;
  readonly invocations: readonly ProtoInvokeRequestOutput[];
  stop(): void;
}

export const startToolbox = async (
  tools: Readonly<Record<string, { readonly facts?: Partial<ProtoToolDescriptor>; readonly run: ScriptedTool }>>,
): Promise<ScriptedToolbox> => {
  const invocations: ProtoInvokeRequestOutput[] = [];
  const server = await listen(toolboxDescriptor, TOOLBOX_SERVICE, {
    ListTools: (_call: unknown, respond: (error: null, value: { tools: readonly ProtoToolDescriptor[] }) => void) =>
      respond(null, { tools: Object.entries(tools).map(([name, { facts }]) => toolDescriptor(name, facts)) }),
    Invoke: (call: ServerWritableStream<ProtoInvokeRequestOutput, ProtoInvokeEvent>) => {
      invocations.push(call.request);
      const tool = tools[call.request.tool];
      if (tool === undefined) return call.emit('error', { code: status.FAILED_PRECONDITION, details: 'not in the script' });
      return tool.run(call);
    },
  });
  return { ...server, invocations };
};

export type { ProtoChatEventOutput };
