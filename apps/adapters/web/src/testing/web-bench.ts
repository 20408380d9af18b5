import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawRequest } from '@assistant/adapter-kit';
import type { Bench, OfferedFile, Stage } from '@assistant/adapter-kit/conformance';
import { memoryConfig } from '@assistant/config';
import type { InboundEvent, Media } from '@assistant/contracts';
import { webAdapter } from '../service';
import { Visitor } from './client';

const UPLOAD_LIMIT_BYTES = 200_000;
const COOKIE = 'cookie';

/** The web chat behind its own routes: a browser with a genuine cookie and a conversation of its own. */
export const openWebBench = async (stage: Stage): Promise<Bench> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'web-data-'));
  const stops: (() => Promise<void> | void)[] = [];
  const running = await webAdapter.start({
    config: memoryConfig(webAdapter.sections, { 'platforms.web': { max_upload_bytes: UPLOAD_LIMIT_BYTES } }),
    log: stage.log,
    bus: stage.bus,
    version: '0.0.0',
    instance: 'conformance',
    dataDir,
    onStop: (_name, close) => stops.unshift(close),
    draining: false,
  });
  if (running.routes === undefined) throw new Error('the web chat has no routes');
  const server = await stage.serve(running.routes);
  const [ada, eve] = [new Visitor(server), new Visitor(server)];
  const chat = await ada.createConversation();
  const strange = await eve.createConversation();
  let next = 1;

  const signed = (body: object | Buffer, cookie: string | undefined = ada.cookie, changes: Readonly<Record<string, string>> = {}): RawRequest => ({
    method: 'POST',
    path: `/conversations/${chat}/messages`,
    query: {},
    headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { [COOKIE]: cookie }), ...changes },
    body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
    remoteAddress: '127.0.0.1',
  });
  const written = (text: string, more: object = {}): object => ({ id: `message-${next++}`, text, ...more });

  /** A file the whole way: uploaded, attached, and found again in the event. */
  const take = async ({ bytes, name, mime }: OfferedFile): Promise<Media> => {
    const answer = await ada.upload(new Uint8Array(bytes), name, mime);
    const body: unknown = await answer.json();
    if (answer.status !== 201 || typeof body !== 'object' || body === null || !('ref' in body)) throw new Error(JSON.stringify(body));
    // Once under the name of the upload, once under the one that the page gives: both have to be harmless.
    const attachments = [{ ref: body.ref }, { ref: body.ref, name }];
    const { events } = await stage.deliver(`${server}/api/chat`, [signed(written('', { attachments }))]);
    return mediaOf(events);
  };

  return {
    url: `${server}/api/chat`,
    secrets: [(await stage.bus.settings.get('web_cookie_key')) ?? '', ada.cookie, eve.cookie].filter((secret) => secret !== ''),
    intake: {
      credentials: [{ in: 'header', name: COOKIE }],
      coversBody: false,
      // Somebody else's conversation is answered like one that never was.
      refusedWith: [403, 404],
      message: ({ text }) => signed(written(text)),
      signed: (body) => signed(body),
      forged: (text) => [
        { what: "another visitor's cookie", request: signed(written(text), eve.cookie) },
        { what: "another site's page", request: signed(written(text), ada.cookie, { origin: 'https://evil.example' }) },
        { what: 'a page without an origin', request: signed(written(text), ada.cookie, { origin: 'null' }) },
        { what: "another site's request", request: signed(written(text), ada.cookie, { 'sec-fetch-site': 'cross-site' }) },
        {
          what: 'a page under a foreign name on this machine',
          request: signed(written(text), ada.cookie, { host: 'evil.example', origin: 'http://evil.example' }),
        },
      ],
      foreign: (text) => ({ ...signed(written(text)), path: `/conversations/${strange}/messages` }),
      pressed: (value) => signed(written('', { interaction: { id: 'approve', value } })),
      files: { limitBytes: UPLOAD_LIMIT_BYTES, take },
    },
    close: async () => {
      await running.drain?.(AbortSignal.timeout(1000));
      for (const stop of stops) await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const mediaOf = (events: readonly InboundEvent[]): Media => {
  const [own, renamed, ...rest] = events.flatMap(({ message }) => message.parts.flatMap((part) => (part.type === 'media' ? [part.media] : [])));
  if (own === undefined || renamed === undefined || rest.length > 0) throw new Error('the event does not hold the file twice');
  if (own.name !== renamed.name) throw new Error(`one file has two names: ${JSON.stringify([own.name, renamed.name])}`);
  return own;
};
