import { status, type Metadata } from '@grpc/grpc-js';
import type { ToolResult } from '@assistant/contracts';
import type { ProtoInvokeEvent, ProtoInvokeRequestOutput, ProtoToolDescriptor, ToolboxHandlers } from '@assistant/contracts/grpc';
import { SpanKind, startSpan } from '@assistant/telemetry';
import { invoke, type InvokeTools } from './invoke/invoke';
import type { Caller, Tool } from './tools/tool';

const toProtoTool = ({ descriptor }: Tool): ProtoToolDescriptor => descriptor;

const callerOf = (caller: ProtoInvokeRequestOutput['caller']): Caller =>
  caller ?? { tenant: '', platform: '', account: '', conversation: '', userId: '', language: '', timeZone: '' };

const resultEvent = ({ ok, content, truncated, error }: ToolResult): ProtoInvokeEvent => ({
  result: { ok, content, truncated, error: error === undefined ? null : { ...error, hint: error.hint ?? '' } },
});

const traceparentOf = (metadata: Metadata): string | undefined => metadata.get('traceparent')[0]?.toString();

/** `Infinity` where the caller set none. */
const millis = (deadline: Date | number): number => (deadline instanceof Date ? deadline.getTime() : deadline);

/**
 * The service's gRPC side. `current` is asked at every call: settings change while the service runs. What goes wrong
 * in a tool is a result; a gRPC status other than OK means that no call was made, or that nobody waits for it.
 */
export const createHandlers = (current: () => InvokeTools): ToolboxHandlers => ({
  ListTools: (_call, respond) => respond(null, { tools: current().tools.map(toProtoTool) }),
  Invoke: (call) => {
    const gone = new AbortController();
    const span = startSpan('execute_tool', traceparentOf(call.metadata), { 'gen_ai.tool.name': call.request.tool }, SpanKind.SERVER);
    call.on('cancelled', () => gone.abort());
    if (call.cancelled) gone.abort();
    let ended = false;
    const { tool, arguments: argumentsText, idempotencyKey } = call.request;
    void invoke(
      {
        tool,
        arguments: argumentsText,
        idempotencyKey,
        caller: callerOf(call.request.caller),
        callerDeadline: millis(call.getDeadline()),
        gone: gone.signal,
        span,
        progress: (message) => {
          if (!ended && !gone.signal.aborted) call.write({ progress: { message } });
        },
      },
      current(),
    ).then(
      (result) => {
        ended = true;
        span.end();
        if (gone.signal.aborted) return;
        call.write(resultEvent(result));
        call.end();
      },
      (error: unknown) => {
        ended = true;
        span.end(error);
        call.emit('error', { code: status.INTERNAL, details: 'the call could not be made' });
      },
    );
  },
});
