import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asAssistantError, isAssistantError, type AssistantError } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';
import { sseData } from '../wires/sse/writer';
import { errorBody, errorHeaders } from './http-errors';

/** One HTTP request of a caller and the way to answer it. */
export interface Exchange {
  readonly id: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborts when the caller goes away before its answer is complete. */
  readonly signal: AbortSignal;
  readonly traceparent: string | undefined;
  /** When the caller stops waiting, as OpenAI's clients tell it; Unix milliseconds. */
  readonly deadline: number | undefined;
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

const idOf = (request: IncomingMessage): string => {
  const given = header(request, 'x-request-id');
  return given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
};

/** OpenAI's clients send the seconds after which they give up. */
const deadlineOf = (request: IncomingMessage): number | undefined => {
  const seconds = Number(header(request, 'x-stainless-timeout'));
  return Number.isFinite(seconds) && seconds > 0 ? Date.now() + seconds * 1000 : undefined;
};

/** Answers one request; whatever is thrown becomes an error of the OpenAI dialect. Never rejects. */
export const answer = async (request: IncomingMessage, response: ServerResponse, log: Logger, work: (exchange: Exchange) => Promise<void>): Promise<void> => {
  const controller = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  // A reset of the caller's connection is told by `close`; without a listener it would be thrown.
  response.on('error', () => undefined);
  const exchange: Exchange = {
    id: idOf(request),
    request,
    response,
    signal: controller.signal,
    traceparent: header(request, 'traceparent'),
    deadline: deadlineOf(request),
  };
  try {
    await work(exchange);
  } catch (thrown) {
    if (!isAssistantError(thrown)) log.error('a request failed', { path: request.url ?? '', error: thrown });
    sendError(exchange, asAssistantError(thrown));
  }
};

/** Sends the error as a status, or as the last event of a stream that has begun. */
export const sendError = ({ id, request, response, signal }: Exchange, error: AssistantError): void => {
  if (signal.aborted || response.destroyed || response.writableEnded) return;
  const text = JSON.stringify(errorBody(error));
  if (response.headersSent) {
    response.end(sseData(text));
    return;
  }
  const unread = !request.complete;
  response.writeHead(error.entry.http, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-request-id': id,
    ...errorHeaders(error),
    ...(unread ? { connection: 'close' } : {}),
  });
  response.end(text);
  // What is still on its way is thrown away, so that the caller gets to read the answer.
  if (unread) request.resume();
};

/** Sends a whole JSON text. */
export const sendJson = ({ id, response }: Exchange, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-request-id': id, ...headers });
  response.end(body);
};
