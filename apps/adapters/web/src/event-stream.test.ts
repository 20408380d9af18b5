import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { WebEvent } from '@assistant/contracts';
import { frame, resumePoint, writeEvents } from './event-stream';

const commit: WebEvent = {
  kind: 'commit',
  turn: { sequence: 12, turnId: 't', messageIds: [], at: 0, status: 'answered', tools: [], replies: [], traceId: '' },
};

/** One response of a real server, and the raw socket that reads it. */
const openResponse = async (): Promise<{ readonly response: ServerResponse; readonly socket: ReturnType<typeof connect>; close(): void }> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const response = await new Promise<ServerResponse>((resolve) => server.once('request', (_request, made) => resolve(made)));
  return {
    response,
    socket,
    close: () => {
      socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
};

describe('the event stream', () => {
  it('gives an id to commits alone', () => {
    expect(frame(commit)).toBe(`id: 12\nevent: commit\ndata: ${JSON.stringify(commit)}\n\n`);
    expect(frame({ kind: 'snapshot', turnId: 't', sequence: 1, text: 'a\nb' })).toBe(
      'event: snapshot\ndata: {"kind":"snapshot","turnId":"t","sequence":1,"text":"a\\nb"}\n\n',
    );
  });

  it("resumes after the browser's last event, else after the address's, else from now", () => {
    expect(resumePoint('9', '3')).toBe(9);
    expect(resumePoint(undefined, '0')).toBe(0);
    expect(resumePoint('nonsense', '3')).toBe(3);
    expect(resumePoint('-1', undefined)).toBeUndefined();
  });

  it('takes no further event while its reader does not read', async () => {
    const { response, socket, close } = await openResponse();
    const gone = new AbortController();
    let taken = 0;
    const endless = async function* (): AsyncGenerator<WebEvent> {
      for (;;) {
        taken++;
        yield { kind: 'snapshot', turnId: 't', sequence: taken, text: 'x'.repeat(100_000) };
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const writing = writeEvents(response, endless(), gone.signal);
    // Stopped for good once a round of the event loop passes in which it needs to drain.
    let before = -1;
    while (!response.writableNeedDrain || before !== taken) {
      before = taken;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(response.writableLength).toBeLessThan(400_000);
    const stuckAt = taken;
    socket.resume();
    while (taken === stuckAt) await new Promise((resolve) => setImmediate(resolve));
    gone.abort();
    close();
    await writing;
  });

  it('sends a comment while nothing happens', async () => {
    const { response, socket, close } = await openResponse();
    const gone = new AbortController();
    const silence = async function* (): AsyncGenerator<WebEvent> {
      await once(gone.signal, 'abort');
    };
    const writing = writeEvents(response, silence(), gone.signal, 10);
    let text = '';
    socket.resume();
    for await (const data of socket) {
      text += String(data);
      if (text.includes(': still here')) break;
    }
    gone.abort();
    await writing;
    close();
    expect(text).toMatch(/content-type: text\/event-stream/i);
    expect(text).toMatch(/x-accel-buffering: no/i);
    expect(text).toContain('retry: 2000\n\n');
  });
});
