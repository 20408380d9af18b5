import type { Client } from '@grpc/grpc-js';
import type { ChatEvent, ChatRequest } from '@assistant/contracts';
import { GATEWAY_SERVICE, gatewayDescriptor, type ModelGatewayClient, type ProtoChatEventOutput, type ProtoModelInfoOutput } from '@assistant/contracts/grpc';
import { callMetadata, openChannels } from './channel';
import { fromServiceError, isTransportFailure } from './grpc-error';
import { fromProtoEvent, toProtoRequest } from './wire';

export interface CallOptions {
  /** Unix milliseconds; the gateway gets the same deadline. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly traceparent: string;
}

export interface ModelClient {
  /**
   * Streams one answer; resolves after its last event. Throws an AssistantError: the gateway's own code where it
   * gave one, else `gateway_unavailable`, `deadline_exceeded`, or `client_closed` after an abort. What `onEvent`
   * throws cancels the call and is thrown on.
   */
  stream(request: ChatRequest, options: CallOptions, onEvent: (event: ChatEvent) => void): Promise<void>;
  /** The models the gateway offers. Throws as `stream` does. */
  list(options: CallOptions): Promise<readonly ProtoModelInfoOutput[]>;
  close(): void;
}

export interface ModelClientSettings {
  readonly address: string;
  readonly channels?: number;
  /** How long a call waits for a gateway that is not there (a restart, say) before it fails, milliseconds. */
  readonly patienceMs?: number;
}

/** A replica that dies is noticed by its connections one after the other; asking at once would meet the next dead one. */
const RETRY_MS = 100;

const isGateway = (client: Client): client is ModelGatewayClient => 'StreamChat' in client && 'ListModels' in client;

export const createModelClient = ({ address, channels: count = 4, patienceMs = 20_000 }: ModelClientSettings): ModelClient => {
  const channels = openChannels({ address, descriptor: gatewayDescriptor, service: GATEWAY_SERVICE, count, isClient: isGateway });

  const attempt = async <T>(options: CallOptions, call: (client: ModelGatewayClient, started: () => void) => Promise<T>): Promise<T> => {
    const progress = { begun: false };
    const started = () => {
      progress.begun = true;
    };
    const until = Math.min(Date.now() + patienceMs, options.deadline);
    for (;;) {
      const client = channels.next();
      try {
        return await call(client, started);
      } catch (error) {
        // Nothing that counts came back yet, so asking again is invisible; a gateway that restarts costs a pause, not an answer.
        if (progress.begun || options.signal.aborted || !isTransportFailure(error) || Date.now() >= until) throw error;
        await Promise.all([ready(client, until), new Promise((resolve) => setTimeout(resolve, RETRY_MS))]);
      }
    }
  };

  return {
    stream: async (request, options, onEvent) => {
      const message = toProtoRequest(request);
      try {
        await attempt(options, (client, started) => streamOnce(client, message, options, started, onEvent));
      } catch (error) {
        throw error instanceof EventFailure ? error.cause : fromServiceError(error, 'gateway_unavailable');
      }
    },
    list: async (options) => {
      try {
        return await attempt(options, (client) => listOnce(client, options));
      } catch (error) {
        throw fromServiceError(error, 'gateway_unavailable');
      }
    },
    close: () => channels.close(),
  };
};

/** Carries what `onEvent` threw past the translation of gRPC errors. */
class EventFailure extends Error {}

const ready = (client: Client, until: number): Promise<void> => new Promise((resolve) => client.waitForReady(until, () => resolve()));

const streamOnce = (
  client: ModelGatewayClient,
  request: ReturnType<typeof toProtoRequest>,
  { deadline, signal, traceparent }: CallOptions,
  started: () => void,
  onEvent: (event: ChatEvent) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const call = client.StreamChat(request, callMetadata(traceparent), { deadline });
    const cancel = () => call.cancel();
    const settle = (then: () => void) => {
      signal.removeEventListener('abort', cancel);
      then();
    };
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    call.on('data', (raw: ProtoChatEventOutput) => {
      const event = fromProtoEvent(raw);
      if (event === undefined) return;
      if (event.type !== 'started') started();
      try {
        onEvent(event);
      } catch (error) {
        settle(() => reject(new EventFailure('an event was refused', { cause: error })));
        call.cancel();
      }
    });
    call.on('error', (error) => settle(() => reject(error)));
    call.on('end', () => settle(resolve));
  });

const listOnce = (client: ModelGatewayClient, { deadline, signal, traceparent }: CallOptions): Promise<readonly ProtoModelInfoOutput[]> =>
  new Promise((resolve, reject) => {
    const call = client.ListModels({}, callMetadata(traceparent), { deadline }, (error, response) => {
      signal.removeEventListener('abort', cancel);
      if (error) reject(error);
      else resolve(response?.models ?? []);
    });
    const cancel = () => call.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  });
