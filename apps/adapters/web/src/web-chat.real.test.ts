import type { WebEvent, WebUpload } from '@assistant/contracts';
import { Visitor, bodyOf, commitsOf } from './testing/client';
import { startNats, type NatsProcess } from './testing/nats-server';
import { startScriptedCore, type ScriptedCore } from './testing/scripted-core';
import { startWebServer, type WebServer } from './testing/web-server';

const PNG = new Uint8Array(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));

const answered =
  (count: number) =>
  (events: readonly WebEvent[]): boolean =>
    commitsOf(events).length >= count;

describe('the web chat over a real broker', () => {
  let nats: NatsProcess;
  let server: WebServer;
  let core: ScriptedCore;

  beforeAll(async () => {
    nats = await startNats();
    server = await startWebServer({ nats, settings: { max_upload_bytes: 200_000 } });
    core = await startScriptedCore(server.bus, { paceMs: 2 });
  });
  afterAll(async () => {
    await core.close();
    await server.close();
    await nats.stop();
  });

  it('answers the quick test in one call', async () => {
    const response = await new Visitor(server.url).post('', { text: 'hello' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      reply: 'You said: hello',
      status: 'answered',
      model: 'demo',
      conversation: expect.stringMatching(/^[\w-]{22}\.[\w-]{16}$/),
    });
  });

  it('continues a conversation by the quick test for the same visitor only', async () => {
    const visitor = new Visitor(server.url);
    const first = await bodyOf<{ conversation: string }>(await visitor.post('', { text: 'one' }));
    const second = await (await visitor.post('', { text: 'two', conversation: first.conversation })).json();
    expect(second).toMatchObject({ conversation: first.conversation, reply: 'You said: two' });
    expect((await new Visitor(server.url).post('', { text: 'three', conversation: first.conversation })).status).toBe(404);
  });

  it('streams a turn as started, tool, snapshots and one commit', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    const reading = visitor.events(chat, 0, answered(1));
    expect((await visitor.send(chat, 'm1', 'use a tool')).status).toBe(202);
    const events = await reading;
    const kinds = events.map(({ kind }) => kind);
    expect(kinds).toContain('snapshot');
    expect(kinds.at(-1)).toBe('commit');
    expect(events.find((event) => event.kind === 'tool')).toMatchObject({ name: 'calculator' });
    const commit = events.at(-1);
    expect(commit).toMatchObject({
      turn: {
        messageIds: ['m1'],
        question: { text: 'use a tool' },
        tools: [{ name: 'calculator', state: 'done', result: '{"value": 2796.15}' }],
        replies: [{ parts: [{ text: 'You said: use a tool' }] }],
      },
    });
  });

  it('neither loses nor doubles a commit over disconnects at any point', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    const seen: number[] = [];
    const messages = 12;
    const sending = (async () => {
      for (let index = 0; index < messages; index++) await visitor.send(chat, `m${index}`, `message ${index}`);
    })();
    // Each connection is cut after a different number of events, also in the middle of a turn.
    for (let cut = 1; seen.length < messages; cut = (cut % 5) + 1) {
      const events = await visitor.events(chat, 0, (so) => so.length >= cut || commitsOf(so).length + seen.length >= messages, seen.at(-1));
      seen.push(...commitsOf(events));
    }
    await sending;
    const { turns } = await visitor.history(chat, '?limit=100');
    expect(seen).toEqual(turns.map(({ sequence }) => sequence));
    expect(turns.map(({ question }) => question?.text)).toEqual(Array.from({ length: messages }, (_, index) => `message ${index}`));
  });

  it('accepts a client id once and answers it once', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    expect(await (await visitor.send(chat, 'same', 'once')).json()).toMatchObject({ duplicate: false });
    expect(await (await visitor.send(chat, 'same', 'once')).json()).toMatchObject({ duplicate: true });
    await visitor.send(chat, 'after', 'next');
    await visitor.events(chat, 0, answered(2));
    expect((await visitor.history(chat)).turns.map(({ messageIds }) => messageIds)).toEqual([['same'], ['after']]);
  });

  it('pages the history backwards without a gap', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    for (let index = 0; index < 5; index++) await visitor.send(chat, `m${index}`, `message ${index}`);
    await visitor.events(chat, 0, answered(5));
    const newest = await visitor.history(chat, '?limit=2');
    const older = await visitor.history(chat, `?limit=2&before=${newest.turns[0]?.sequence}`);
    const oldest = await visitor.history(chat, `?limit=2&before=${older.turns[0]?.sequence}`);
    const texts = [...oldest.turns, ...older.turns, ...newest.turns].map(({ question }) => question?.text);
    expect(texts).toEqual(Array.from({ length: 5 }, (_, index) => `message ${index}`));
    expect([newest.more, older.more, oldest.more]).toEqual([true, true, false]);
    expect(newest.cursor).toBe(newest.turns.at(-1)?.sequence);
  });

  it('shows what was written for a command, whose history entry is empty', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    await visitor.send(chat, 'm1', '/help');
    await visitor.events(chat, 0, answered(1));
    expect((await visitor.history(chat)).turns[0]).toMatchObject({
      question: { text: '/help' },
      replies: [{ parts: [{ text: 'You sent the command `/help`.' }] }],
    });
  });

  it('shows accepted messages that nobody has answered yet', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    await visitor.send(chat, 'm1', 'first');
    await visitor.events(chat, 0, answered(1));
    await core.close();
    try {
      await visitor.send(chat, 'm2', 'still waiting');
      const history = await visitor.history(chat);
      expect(history.turns).toHaveLength(1);
      expect(history.pending).toMatchObject([{ messageId: 'm2', text: 'still waiting' }]);
    } finally {
      core = await startScriptedCore(server.bus, { paceMs: 2 });
    }
  });

  it('lists the conversations of a visitor, newest first, with the first words as title, until removed', async () => {
    const visitor = new Visitor(server.url);
    const first = await visitor.createConversation();
    await visitor.send(first, 'a', 'What is the weather in Shenzhen?\nAnd tomorrow?');
    const second = await visitor.createConversation();
    await visitor.send(second, 'b', 'hello');
    await visitor.send(second, 'c', 'another text');
    const list = async (): Promise<unknown> => (await visitor.fetch('/conversations')).json();
    expect(await list()).toMatchObject({
      conversations: [
        { id: second, title: 'hello' },
        { id: first, title: 'What is the weather in Shenzhen?' },
      ],
    });
    expect((await visitor.fetch(`/conversations/${first}`, { method: 'DELETE' })).status).toBe(204);
    expect(await list()).toMatchObject({ conversations: [{ id: second }] });
  });

  it('hides a conversation from every other visitor', async () => {
    const chat = await new Visitor(server.url).createConversation();
    const other = new Visitor(server.url);
    await other.createConversation();
    for (const path of [`/conversations/${chat}/messages`, `/conversations/${chat}/events`]) expect((await other.fetch(path)).status).toBe(404);
    expect((await other.send(chat, 'm', 'intruding')).status).toBe(404);
    expect((await other.fetch(`/conversations/${chat}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('takes a file, hands it to the turn, and gives it back to its visitor alone', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    const uploaded = await visitor.upload(PNG, 'dot.txt', 'text/plain');
    expect(uploaded.status).toBe(201);
    const file = await bodyOf<WebUpload>(uploaded);
    expect(file).toMatchObject({ mime: 'image/png', size: PNG.length, name: 'dot.txt' });
    await visitor.send(chat, 'm1', 'look', { attachments: [{ ref: file.ref, name: 'dot.png', mime: 'text/html', size: 1 }] });
    await visitor.events(chat, 0, answered(1));
    const media = (await visitor.history(chat)).turns[0]?.question?.media[0];
    expect(media).toMatchObject({ kind: 'image', mime: 'image/png', name: 'dot.png' });
    const path = media?.url.replace('/api/chat', '') ?? '';
    const got = await visitor.fetch(path);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(PNG);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-disposition')).toContain('inline');
    const other = new Visitor(server.url);
    expect((await other.fetch(path)).status).toBe(404);
    expect((await other.send(await other.createConversation(), 'm', 'stolen', { attachments: [{ ref: file.ref }] })).status).toBe(400);
  });

  it('refuses a file above the limit and keeps nothing of it', async () => {
    const visitor = new Visitor(server.url);
    const response = await visitor.upload(new Uint8Array(260_000), 'big.bin', 'application/octet-stream');
    expect(response.status).toBe(413);
    // Without a declared length, so that the limit is met while the file is being stored.
    const boundary = 'x'.repeat(20);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(
          new TextEncoder().encode(
            `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="big.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`,
          ),
        );
        for (let sent = 0; sent < 20; sent++) controller.enqueue(new Uint8Array(16_000));
        controller.enqueue(new TextEncoder().encode(`\r\n--${boundary}--\r\n`));
        controller.close();
      },
    });
    const chunked = await visitor.fetch('/uploads', {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
    expect(await chunked.json()).toMatchObject({ error: { code: 'payload_too_large' } });
  });

  it('answers 503 with Retry-After while the broker is silent, and takes the same message afterwards', async () => {
    const visitor = new Visitor(server.url);
    const chat = await visitor.createConversation();
    nats.freeze(true);
    let refused: Response;
    try {
      refused = await visitor.send(chat, 'm1', 'are you there?');
    } finally {
      nats.freeze(false);
    }
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'store_unavailable' } });
    expect((await visitor.send(chat, 'm1', 'are you there?')).status).toBe(202);
    await visitor.events(chat, 0, answered(1));
    expect((await visitor.history(chat)).turns).toHaveLength(1);
  });
});

describe('a core whose live events are all lost', () => {
  it('costs the page nothing but the check every five seconds', async () => {
    const server = await startWebServer();
    const core = await startScriptedCore(server.bus, { paceMs: 1, mute: true });
    try {
      const visitor = new Visitor(server.url);
      const chat = await visitor.createConversation();
      const reading = visitor.events(chat, 0, answered(2));
      await visitor.send(chat, 'm1', 'one');
      await visitor.send(chat, 'm2', 'two');
      expect(commitsOf(await reading)).toHaveLength(2);
    } finally {
      await core.close();
      await server.close();
    }
  });
});
