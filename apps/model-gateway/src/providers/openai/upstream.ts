import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { asAssistantError, AssistantError, type Secret } from '@assistant/contracts';
import { networkError, type HttpClient } from '@assistant/net';
import type { Attempt } from '../provider';
import { errorOfResponse, headerText, named, type VendorResponse } from './errors';

/** An error's text is read this far; more tells nothing more. */
const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ANSWER_BYTES = 64 * 1024 ** 2;

export interface UpstreamSettings {
  readonly provider: string;
  /** Without a slash at its end. */
  readonly apiBase: string;
  readonly key: Secret | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly http: HttpClient;
}

export interface UpstreamRequest {
  /** Below the base URL, with its slash. */
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
  readonly accept?: string;
  readonly streaming?: boolean;
}

export interface UpstreamAnswer {
  readonly headers: VendorResponse['headers'];
  readonly contentType: string;
  readonly body: Readable;
}

/** The HTTP side of one OpenAI-compatible vendor. */
export class Upstream {
  readonly provider: string;
  readonly #settings: UpstreamSettings;
  /** Addresses by path, parsed once. */
  readonly #urls = new Map<string, URL>();

  constructor(settings: UpstreamSettings) {
    this.provider = settings.provider;
    this.#settings = settings;
  }

  /** Resolves when a 200 and its headers are there. Throws by the catalogue, every message with the provider's name. */
  async post(request: UpstreamRequest, attempt: Attempt): Promise<UpstreamAnswer> {
    const { http, key, headers } = this.#settings;
    const response = await this.#orExplain(attempt, () =>
      http.request({
        method: 'POST',
        url: this.#url(request.path),
        headers: {
          'content-type': request.contentType ?? 'application/json',
          accept: request.accept ?? (request.streaming === true ? 'text/event-stream' : 'application/json'),
          'accept-encoding': 'identity',
          'user-agent': 'assistant-gateway',
          traceparent: attempt.traceparent,
          'x-request-id': attempt.requestId,
          ...(key === undefined ? {} : { authorization: `Bearer ${key.reveal()}` }),
          ...headers,
        },
        body: request.body,
        signal: attempt.signal,
        // The attempt's own watch limits every phase, more exactly than the client does.
        headersTimeoutMs: 0,
        bodyTimeoutMs: 0,
      }),
    );
    const body = decoded(response.body, headerText(response.headers, 'content-encoding'));
    if (response.status !== 200) throw await this.#refusal(response.status, response.headers, body, attempt);
    attempt.watch.headersArrived(request.streaming === true);
    return { headers: response.headers, contentType: headerText(response.headers, 'content-type'), body };
  }

  /** Reads a whole body; the watch measures the silence between its pieces. */
  read(body: Readable, attempt: Attempt, maxBytes: number = MAX_ANSWER_BYTES): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      let settled = false;
      // `close` follows every body; only one that is cut off costs an error.
      const broken = (error?: unknown): void => {
        if (settled) return;
        settled = true;
        reject(this.explain(error ?? Object.assign(new Error('closed before its end'), { code: 'ECONNRESET' }), attempt));
      };
      body.on('data', (chunk: Buffer) => {
        attempt.watch.heard();
        size += chunk.length;
        if (size <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        broken(new AssistantError('upstream_line_too_long', `the answer is larger than ${maxBytes} bytes`));
        body.destroy();
      });
      body.on('error', broken);
      body.on('close', () => broken());
      body.on('end', () => {
        settled = true;
        const [first] = chunks;
        resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, size));
      });
    });
  }

  #url(path: string): URL {
    const known = this.#urls.get(path);
    if (known !== undefined) return known;
    const url = new URL(`${this.#settings.apiBase}${path}`);
    this.#urls.set(path, url);
    return url;
  }

  /** What broke a body or a connection, as ours. */
  explain(error: unknown, attempt: Attempt): AssistantError {
    const known = networkError(error, { subject: this.provider, signal: attempt.signal });
    return named(this.provider, known.code === 'internal' ? asAssistantError(error) : known);
  }

  async #refusal(status: number, headers: VendorResponse['headers'], body: Readable, attempt: Attempt): Promise<AssistantError> {
    attempt.watch.headersArrived(false);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of body) {
        if (!Buffer.isBuffer(chunk)) continue;
        chunks.push(chunk);
        size += chunk.length;
        if (size >= MAX_ERROR_BYTES) break;
      }
    } catch (error) {
      // The status alone already tells what went wrong, unless it was us who gave up.
      if (attempt.signal.aborted) return this.explain(error, attempt);
    }
    return errorOfResponse(this.provider, { status, headers, text: Buffer.concat(chunks).toString('utf8') });
  }

  async #orExplain<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.explain(error, attempt);
    }
  }
}

/** We ask for no compression; a server that compresses all the same is understood. */
const decoded = (body: Readable, encoding: string): Readable => {
  const unpack =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'br'
          ? createBrotliDecompress()
          : undefined;
  if (unpack === undefined) return body;
  body.on('error', (error) => unpack.destroy(error));
  unpack.on('error', () => body.destroy());
  return body.pipe(unpack);
};
