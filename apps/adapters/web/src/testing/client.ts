import type { WebConversation, WebEvent, WebHistory } from '@assistant/contracts';
import { z } from 'zod';

/** The JSON body of a response, believed to be what the API promises: a test that is wrong about it fails. */
export const bodyOf = async <T>(response: Response): Promise<T> => z.custom<T>().parse(JSON.parse(await response.text()));

/** One visitor: a cookie jar and the API's calls. */
export class Visitor {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** The cookie as a browser would send it; empty before the first answer. */
  get cookie(): string {
    return this.#cookie;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookie !== '') headers.set('cookie', this.#cookie);
    const response = await fetch(`${this.#url}/api/chat${path}`, { ...init, headers });
    const set = response.headers.get('set-cookie');
    if (set !== null) this.#cookie = set.split(';', 1)[0] ?? '';
    return response;
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  }

  async createConversation(): Promise<string> {
    return (await bodyOf<WebConversation>(await this.post('/conversations', {}))).id;
  }

  send(conversation: string, id: string, text: string, more: Readonly<Record<string, unknown>> = {}): Promise<Response> {
    return this.post(`/conversations/${conversation}/messages`, { id, text, ...more });
  }

  async history(conversation: string, query = ''): Promise<WebHistory> {
    return bodyOf(await this.fetch(`/conversations/${conversation}/messages${query}`));
  }

  async upload(bytes: Uint8Array<ArrayBuffer>, name: string, type: string): Promise<Response> {
    const form = new FormData();
    form.set('file', new Blob([bytes], { type }), name);
    return this.fetch('/uploads', { method: 'POST', body: form });
  }

  /** Reads events until `enough` says so, or the stream ends. */
  async events(
    conversation: string,
    after: number | undefined,
    enough: (events: readonly WebEvent[]) => boolean,
    lastEventId?: number,
  ): Promise<readonly WebEvent[]> {
    const response = await this.fetch(`/conversations/${conversation}/events${after === undefined ? '' : `?after=${after}`}`, {
      signal: AbortSignal.timeout(30_000),
      ...(lastEventId === undefined ? {} : { headers: { 'last-event-id': String(lastEventId) } }),
    });
    const events: WebEvent[] = [];
    let text = '';
    const decoder = new TextDecoder();
    const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
    for await (const chunk of chunks) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data !== undefined) events.push(z.custom<WebEvent>().parse(JSON.parse(data)));
        // Leaving the loop cancels the body, which closes the connection.
        if (enough(events)) return events;
      }
    }
    return events;
  }
}

/** The commits among events, as sequences. */
export const commitsOf = (events: readonly WebEvent[]): readonly number[] => events.flatMap((event) => (event.kind === 'commit' ? [event.turn.sequence] : []));
