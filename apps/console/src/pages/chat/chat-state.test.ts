import type { WebEvent, WebTurn } from '@assistant/contracts';
import fc from 'fast-check';
import { chatReducer, EMPTY_CHAT, isBusy, isDemo, runningOf, type ChatAction, type ChatState, type PendingMessage } from './chat-state';

const turn = (sequence: number, more: Partial<WebTurn> = {}): WebTurn => ({
  sequence,
  turnId: `t${sequence}`,
  messageIds: [`m${sequence}`],
  at: 0,
  status: 'answered',
  tools: [],
  replies: [{ parts: [{ type: 'text', text: `answer ${sequence}`, format: 'markdown' }] }],
  traceId: '',
  ...more,
});
const pending = (messageId: string, state: PendingMessage['state'] = 'accepted'): PendingMessage => ({ messageId, text: 'x', media: [], at: 0, state });
const event = (value: WebEvent): ChatAction => ({ type: 'event', event: value });
const run = (actions: readonly ChatAction[], from: ChatState = EMPTY_CHAT): ChatState => actions.reduce(chatReducer, from);

describe('the state of a conversation', () => {
  it('shows a sent message at once, then its growing answer, then the committed turn alone', () => {
    const sent = run([
      { type: 'sending', message: pending('m1', 'sending') },
      { type: 'accepted', messageId: 'm1' },
      event({ kind: 'started', turnId: 't1', messageIds: ['m1'] }),
    ]);
    expect(isBusy(sent)).toBe(true);
    const growing = run([event({ kind: 'snapshot', turnId: 't1', sequence: 1, text: 'ans' })], sent);
    expect(growing.pending.map((message) => runningOf(growing, message)?.text)).toEqual(['ans']);
    const done = run([event({ kind: 'commit', turn: turn(1) })], growing);
    expect(done).toMatchObject({ cursor: 1, pending: [], running: [], turns: [{ sequence: 1 }] });
    expect(isBusy(done)).toBe(false);
  });

  it('never goes back to an older snapshot', () => {
    const state = run([
      event({ kind: 'snapshot', turnId: 't1', sequence: 5, text: 'longer' }),
      event({ kind: 'snapshot', turnId: 't1', sequence: 4, text: 'long' }),
    ]);
    expect(state.running[0]?.text).toBe('longer');
  });

  it('keeps one card for a tool call, and its outcome over a late "running"', () => {
    const call = { kind: 'tool', turnId: 't1', callId: 'c', name: 'calculator', arguments: '{}' } as const;
    const state = run([
      event({ ...call, sequence: 1, state: 'running' }),
      event({ ...call, sequence: 2, state: 'done', result: '4' }),
      event({ ...call, sequence: 0, state: 'running' }),
    ]);
    expect(state.running[0]?.tools).toEqual([{ callId: 'c', name: 'calculator', arguments: '{}', state: 'done', result: '4' }]);
  });

  it('ignores live events of a turn that is committed', () => {
    const state = run([event({ kind: 'commit', turn: turn(1) }), event({ kind: 'snapshot', turnId: 't1', sequence: 9, text: 'late' })]);
    expect(state.running).toEqual([]);
  });

  it('gives a turn whose start was missed to the first waiting message', () => {
    const state = run([
      { type: 'sending', message: pending('a', 'failed') },
      { type: 'sending', message: pending('b') },
      { type: 'sending', message: pending('c') },
      event({ kind: 'snapshot', turnId: 't', sequence: 1, text: 'hi' }),
    ]);
    expect(state.pending.map((message) => runningOf(state, message)?.text)).toEqual([undefined, 'hi', undefined]);
  });

  it('keeps what came in while the history was loading', () => {
    const state = run([
      { type: 'opened' },
      { type: 'sending', message: pending('m9', 'sending') },
      event({ kind: 'commit', turn: turn(7) }),
      { type: 'history', history: { turns: [turn(3), turn(5)], more: true, cursor: 5, pending: [{ messageId: 'm8', text: 'waits', media: [], at: 0 }] } },
    ]);
    expect(state.turns.map(({ sequence }) => sequence)).toEqual([3, 5, 7]);
    expect(state.pending.map(({ messageId }) => messageId)).toEqual(['m8', 'm9']);
    expect(state).toMatchObject({ phase: 'ready', more: true, cursor: 7 });
  });

  it('puts older turns before the known ones, each once', () => {
    const state = run([
      { type: 'history', history: { turns: [turn(5)], more: true, cursor: 5, pending: [] } },
      { type: 'older', history: { turns: [turn(1), turn(3), turn(5)], more: false, cursor: 0, pending: [] } },
    ]);
    expect(state.turns.map(({ sequence }) => sequence)).toEqual([1, 3, 5]);
    expect(state).toMatchObject({ more: false, cursor: 5 });
  });

  it('shows every commit once and in order, however often and in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (sequences) => {
        const state = run(sequences.map((sequence) => event({ kind: 'commit', turn: turn(sequence) })));
        expect(state.turns.map(({ sequence }) => sequence)).toEqual([...new Set(sequences)].sort((a, b) => a - b));
        expect(state.cursor).toBe(Math.max(0, ...sequences));
      }),
    );
  });

  it('knows the demo provider by the newest answer', () => {
    const of = (...models: readonly (string | undefined)[]): boolean =>
      isDemo(run(models.map((model, index) => event({ kind: 'commit', turn: turn(index + 1, model === undefined ? {} : { model }) }))));
    expect(of('demo')).toBe(true);
    expect(of('demo/demo', undefined)).toBe(true);
    expect(of('demo', 'glm/glm-4.6')).toBe(false);
    expect(of('demonstrator')).toBe(false);
    expect(of()).toBe(false);
  });
});
