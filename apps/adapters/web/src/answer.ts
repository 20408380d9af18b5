import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AssistantError, WebError } from '@assistant/contracts';

/** After an early refusal, what the caller still sends is read and thrown away for this long, so that it sees the answer. */
const LINGER_MS = 1000;
const LINGER_BYTES = 16 * 1024 ** 2;

/** Answers with JSON that no cache keeps. */
export const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
};

/** Reads and drops the rest of a body, bounded in time and bytes, then calls `done` once. */
const discardRest = (request: IncomingMessage, done: () => void): void => {
  let left = LINGER_BYTES;
  const finish = (): void => {
    clearTimeout(timer);
    request.off('data', onData).off('end', finish).off('close', finish);
    done();
  };
  const onData = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) finish();
  };
  const timer = setTimeout(finish, LINGER_MS);
  request.on('data', onData).once('end', finish).once('close', finish);
  request.resume();
};

/** Answers with `{error:{code,message,traceId}}`; also in the middle of a body that is still coming in. */
export const sendError = (request: IncomingMessage, response: ServerResponse, error: AssistantError, traceId?: string): void => {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const answer: WebError = {
    error: {
      code: error.code,
      message: error.entry.failed === 'us' && error.code === 'internal' ? 'something went wrong on our side' : error.message,
      ...(traceId === undefined ? {} : { traceId }),
    },
  };
  const retryAfterMs = error.details.retryAfterMs ?? (error.entry.http === 503 ? 5000 : undefined);
  if (retryAfterMs !== undefined) response.setHeader('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  if (request.complete) {
    sendJson(response, error.entry.http, answer);
    return;
  }
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(error.entry.http, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.write(body);
  // Closing now would reset the connection under the caller's hands, before it has read the answer.
  discardRest(request, () => {
    response.end();
    request.destroy();
  });
};
