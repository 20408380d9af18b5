import type { sendUnaryData, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { asAssistantError, isAssistantError, newId } from '@assistant/contracts';
import type { Gateway } from '../call/call';
import type { Call, Operation } from '../call/journey';
import { serviceError } from './grpc-status';

type AnyCall<Request> = ServerUnaryCall<Request, unknown> | ServerWritableStream<Request, unknown>;

const deadlineOf = (call: AnyCall<unknown>): number | undefined => {
  const deadline = call.getDeadline();
  const at = deadline instanceof Date ? deadline.getTime() : deadline;
  return Number.isFinite(at) ? at : undefined;
};

export interface CallFacts {
  readonly operation: Operation;
  readonly model: string;
  readonly streaming?: boolean;
  readonly requestId?: string;
}

/** A gRPC call on our road: its deadline, its cancellation and its trace go along. */
export const callOf = (call: AnyCall<unknown>, { operation, model, streaming = false, requestId = '' }: CallFacts): Call => {
  const controller = new AbortController();
  if (call.cancelled) controller.abort();
  call.on('cancelled', () => controller.abort());
  const [traceparent] = call.metadata.get('traceparent');
  return {
    id: /^[\w.:-]{1,128}$/.test(requestId) ? requestId : newId(),
    dialect: 'grpc',
    operation,
    streaming,
    model,
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    signal: controller.signal,
    deadline: deadlineOf(call),
  };
};

const failure = (gateway: Gateway, thrown: unknown) => {
  if (!isAssistantError(thrown)) gateway.events.log.error('a request failed', { error: thrown });
  return serviceError(asAssistantError(thrown));
};

/** Answers a unary call with what `work` returns, or with a status. */
export const unary =
  <Request, Response>(gateway: Gateway, work: (call: ServerUnaryCall<Request, Response>) => Promise<Response> | Response) =>
  (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    const run = async (): Promise<Response> => work(call);
    run().then(
      (response) => callback(null, response),
      (thrown: unknown) => callback(failure(gateway, thrown)),
    );
  };

/** Answers a streaming call; what `work` throws becomes the status at its end. */
export const streaming =
  <Request, Response>(gateway: Gateway, work: (call: ServerWritableStream<Request, Response>) => Promise<void>) =>
  (call: ServerWritableStream<Request, Response>): void => {
    work(call).then(
      () => call.end(),
      (thrown: unknown) => call.emit('error', failure(gateway, thrown)),
    );
  };
