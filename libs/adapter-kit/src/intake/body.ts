import type { IncomingMessage } from 'node:http';
import { AssistantError } from '@assistant/contracts';

/**
 * Reads a request's body as it came, at most `limitBytes`. Throws `payload_too_large` as soon as more arrives or is
 * announced, and `client_closed` when the sender goes away.
 */
export const readBody = (request: IncomingMessage, limitBytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const tooLarge = (): AssistantError => new AssistantError('payload_too_large', `the body is larger than ${limitBytes} bytes`);
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) return reject(tooLarge());
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (error: AssistantError): void => {
      request.removeAllListeners('data');
      chunks.length = 0;
      reject(error);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) stop(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)));
    request.on('error', (cause) => stop(new AssistantError('client_closed', 'the sender went away', { cause })));
    request.on('close', () => {
      if (!request.complete) stop(new AssistantError('client_closed', 'the sender went away'));
    });
  });
