import type { Readable } from 'node:stream';
import { AssistantError } from '@assistant/contracts';
import { networkError, type FailureContext } from './failure';

export interface ReadBodyOptions extends FailureContext {
  readonly maxBytes: number;
}

/**
 * Reads a body to its end. Throws `payload_too_large` at the first byte beyond `maxBytes` and gives the connection up;
 * throws as `networkError` says when the stream breaks.
 */
export const readBody = (body: Readable, options: ReadBodyOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const fail = (error: AssistantError): void => {
      if (settled) return;
      settled = true;
      reject(error);
    };
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= options.maxBytes) {
        chunks.push(chunk);
        return;
      }
      fail(new AssistantError('payload_too_large', `The answer of ${options.subject} is larger than ${options.maxBytes} bytes.`, { subject: options.subject }));
      body.destroy();
    });
    body.on('error', (error) => fail(networkError(error, options)));
    body.on('close', () => fail(networkError(Object.assign(new Error('closed before its end'), { code: 'ECONNRESET' }), options)));
    body.on('end', () => {
      settled = true;
      const [first] = chunks;
      resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, size));
    });
  });
