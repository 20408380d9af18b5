import type { Client } from '@grpc/grpc-js';
import { AssistantError, type ToolDescriptor, type ToolEffects, type ToolResult, type ToolRisk } from '@assistant/contracts';
import {
  TOOLBOX_SERVICE,
  toolboxDescriptor,
  type ProtoInvokeEventOutput,
  type ProtoInvokeRequest,
  type ProtoToolDescriptorOutput,
  type ToolboxClient as ToolboxStub,
} from '@assistant/contracts/grpc';
import { callMetadata, openChannels } from './channel';
import { fromServiceError, isTransportFailure } from './grpc-error';
import type { CallOptions } from './model-client';

/** For whom a tool runs. */
export interface ToolCaller {
  readonly tenant: string;
  readonly platform: string;
  readonly account: string;
  readonly conversation: string;
  readonly userId: string;
  readonly language: string;
}

export interface ToolInvocation {
  readonly tool: string;
  /** JSON text. */
  readonly arguments: string;
  readonly idempotencyKey: string;
  readonly caller: ToolCaller;
  /** A broken connection may be answered by calling again with the same key. */
  readonly retrySafe: boolean;
}

export interface ToolboxClient {
  /**
   * The tools there are, at most a minute old. While the toolbox cannot be reached the last known list stays, or an
   * empty one: a conversation without tools is better than none.
   */
  list(options: CallOptions): Promise<readonly ToolDescriptor[]>;
  /** Runs one call. Throws an AssistantError when no result came: `toolbox_unavailable`, `tool_timeout`, `client_closed`. */
  invoke(invocation: ToolInvocation, options: CallOptions, onProgress: (message: string) => void): Promise<ToolResult>;
  close(): void;
}

export interface ToolboxClientSettings {
  readonly address: string;
  readonly channels?: number;
  /** How long a list of tools is used before it is asked for again, milliseconds. */
  readonly listMaxAgeMs?: number;
  /** How long a call waits for a toolbox that is not there (a restart, say), milliseconds. */
  readonly patienceMs?: number;
  readonly onUnavailable?: (error: AssistantError) => void;
}

/** After a failed list the next one waits this long, so that a toolbox that is down does not slow every turn. */
const LIST_RETRY_MS = 3_000;
const LIST_TIMEOUT_MS = 2_000;

const isToolbox = (client: Client): client is ToolboxStub => 'Invoke' in client && 'ListTools' in client;

export const createToolboxClient = (settings: ToolboxClientSettings): ToolboxClient => {
  const { address, channels: count = 2, listMaxAgeMs = 60_000, patienceMs = 5_000 } = settings;
  const channels = openChannels({ address, descriptor: toolboxDescriptor, service: TOOLBOX_SERVICE, count, isClient: isToolbox });
  let known: readonly ToolDescriptor[] = [];
  let freshUntil = 0;
  let refreshing: Promise<void> | undefined;

  const refresh = async (traceparent: string): Promise<void> => {
    try {
      known = await listOnce(channels.next(), traceparent);
      freshUntil = Date.now() + listMaxAgeMs;
    } catch (error) {
      freshUntil = Date.now() + LIST_RETRY_MS;
      settings.onUnavailable?.(fromServiceError(error, 'toolbox_unavailable'));
    }
  };

  return {
    list: async ({ traceparent }) => {
      if (Date.now() >= freshUntil) {
        refreshing ??= refresh(traceparent).finally(() => (refreshing = undefined));
        // An old list is good enough while the new one is on its way; only the very first turn waits.
        if (known.length === 0) await refreshing;
      }
      return known;
    },
    invoke: async (invocation, options, onProgress) => {
      const client = channels.next();
      try {
        return await invokeOnce(client, invocation, options, onProgress);
      } catch (error) {
        if (!invocation.retrySafe || options.signal.aborted || !isTransportFailure(error)) throw invokeError(error);
        await new Promise<void>((resolve) => client.waitForReady(Math.min(Date.now() + patienceMs, options.deadline), () => resolve()));
        return await invokeOnce(client, invocation, options, onProgress).catch((again: unknown) => {
          throw invokeError(again);
        });
      }
    },
    close: () => channels.close(),
  };
};

const invokeError = (error: unknown): AssistantError => {
  const known = fromServiceError(error, 'toolbox_unavailable');
  return known.code === 'deadline_exceeded' ? new AssistantError('tool_timeout', 'The tool did not finish in its time.', { cause: error }) : known;
};

const invokeOnce = (client: ToolboxStub, invocation: ToolInvocation, options: CallOptions, onProgress: (message: string) => void): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const request: ProtoInvokeRequest = {
      tool: invocation.tool,
      arguments: invocation.arguments,
      idempotencyKey: invocation.idempotencyKey,
      caller: invocation.caller,
    };
    const call = client.Invoke(request, callMetadata(options.traceparent), { deadline: options.deadline });
    const cancel = () => call.cancel();
    const settle = (then: () => void) => {
      options.signal.removeEventListener('abort', cancel);
      then();
    };
    let result: ToolResult | undefined;
    options.signal.addEventListener('abort', cancel, { once: true });
    if (options.signal.aborted) cancel();
    call.on('data', (event: ProtoInvokeEventOutput) => {
      if (event.progress) onProgress(event.progress.message);
      if (event.result) {
        const { ok, content, error, truncated } = event.result;
        result = { ok, content, truncated, ...(error ? { error } : {}) };
      }
    });
    call.on('error', (error) => settle(() => reject(error)));
    call.on('end', () =>
      settle(() =>
        result === undefined ? reject(new AssistantError('tool_failed', `the toolbox ended the call of ${invocation.tool} without a result`)) : resolve(result),
      ),
    );
  });

const listOnce = (client: ToolboxStub, traceparent: string): Promise<readonly ToolDescriptor[]> =>
  new Promise((resolve, reject) => {
    client.ListTools({}, callMetadata(traceparent), { deadline: Date.now() + LIST_TIMEOUT_MS }, (error, response) =>
      error ? reject(error) : resolve((response?.tools ?? []).flatMap(toDescriptor)),
    );
  });

const RISKS: readonly ToolRisk[] = ['read', 'write', 'network', 'execute', 'message-others', 'admin'];
const EFFECTS: readonly ToolEffects[] = ['none', 'internal', 'external'];

/** A tool whose risk or effects this version does not know is left out: the gate could not judge it. */
const toDescriptor = (tool: ProtoToolDescriptorOutput): readonly ToolDescriptor[] => {
  const risk = RISKS.find((known) => known === tool.risk);
  const effects = EFFECTS.find((known) => known === tool.effects);
  return risk === undefined || effects === undefined
    ? []
    : [{ ...tool, risk, effects, title: { en: tool.title?.en ?? tool.name, zh: tool.title?.zh ?? tool.name } }];
};
