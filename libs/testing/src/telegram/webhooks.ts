import { Agent, request as httpRequest } from 'node:http';

export interface DeliveryOptions {
  readonly url: string;
  readonly secret: string | undefined;
  readonly update: object;
  readonly signal: AbortSignal;
}

/** One connection pool for all deliveries; Telegram keeps its connections too. */
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const TIMEOUT_MS = 10_000;

/** Posts one update as Telegram does. Resolves with the status; 0 when nothing answered. */
export const postUpdate = ({ url, secret, update, signal }: DeliveryOptions): Promise<number> =>
  new Promise((resolve) => {
    const body = JSON.stringify(update);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    };
    const request = httpRequest(url, { method: 'POST', agent, headers, signal, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', () => resolve(0));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(0));
    request.end(body);
  });
