import { Secret, type CommitRecord, type HistoryMessage } from '@assistant/contracts';
import { destinationOf, newChatId } from './conversation';
import { createSigner } from './signer';
import { toolCallsOf, turnView } from './turn-view';

const viewer = { visitorId: 'v'.repeat(22), signer: createSigner(() => new Secret('a key of this installation')) };
const to = destinationOf(newChatId(viewer.visitorId));
const message = (role: HistoryMessage['role'], parts: HistoryMessage['parts']): HistoryMessage => ({ role, parts, tokens: 1, at: 5 });
const record: CommitRecord = {
  v: 1,
  turnId: 't',
  inSeq: 1,
  at: 20,
  epoch: 1,
  after: 0,
  kind: 'commit',
  inIds: [`web:web:${to.chatId}:m1`],
  status: 'answered',
  to,
  replies: [{ parts: [{ type: 'media', kind: 'image', media: { ref: 'blob:7', mime: 'image/png' } }] }],
  history: [
    message('user', [
      { type: 'text', text: 'look' },
      { type: 'media', mime: 'image/png', uri: 'blob:6', name: 'a.png' },
    ]),
    message('assistant', [
      { type: 'tool-call', id: 'c1', name: 'clock', arguments: '{}' },
      { type: 'tool-call', id: 'c2', name: 'files', arguments: '{}' },
    ]),
    message('tool', [{ type: 'tool-result', id: 'c2', content: 'no such file', isError: true }]),
  ],
  session: { window: 0 },
  recent: [],
  acceptedAt: 10,
  waitedMs: 0,
  traceId: 'trace',
};

describe('a commit as the page shows it', () => {
  it('shows what was asked, done and replied, with file links of this visitor', () => {
    const turn = turnView({ sequence: 3, record }, viewer);
    expect(turn).toMatchObject({
      sequence: 3,
      messageIds: ['m1'],
      question: { text: 'look', at: 10, media: [{ kind: 'image', name: 'a.png', url: expect.stringMatching(/^\/api\/chat\/blobs\/6\?t=/) }] },
      replies: [{ parts: [{ type: 'media', kind: 'image', url: expect.stringMatching(/^\/api\/chat\/blobs\/7\?t=/) }] }],
    });
    expect(JSON.stringify(turn)).not.toContain(to.conversation);
  });

  it('pairs tool calls with their results, in the order of the calls', () => {
    expect(toolCallsOf(record.history)).toEqual([
      { callId: 'c1', name: 'clock', state: 'running', arguments: '{}' },
      { callId: 'c2', name: 'files', state: 'failed', arguments: '{}', result: 'no such file' },
    ]);
  });

  it('has no address for a file that is still with a vendor', () => {
    const foreign: CommitRecord = { ...record, replies: [{ parts: [{ type: 'media', kind: 'file', media: { ref: 'vendor:x', mime: 'text/plain' } }] }] };
    expect(turnView({ sequence: 3, record: foreign }, viewer).replies[0]?.parts[0]).toMatchObject({ url: '' });
  });
});
