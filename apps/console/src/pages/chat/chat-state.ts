import type { WebEvent, WebHistory, WebMedia, WebToolCall, WebTurn } from '@assistant/contracts';

/** A message of the person that is not answered yet. */
export interface PendingMessage {
  readonly messageId: string;
  readonly text: string;
  readonly media: readonly WebMedia[];
  readonly at: number;
  readonly state: 'sending' | 'accepted' | 'failed';
  readonly error?: { readonly code: string; readonly message: string; readonly traceId?: string };
}

/** A turn that is being worked on. */
export interface RunningTurn {
  readonly turnId: string;
  readonly messageIds: readonly string[];
  /** Sequence of the newest live event that was shown. */
  readonly sequence: number;
  readonly text: string;
  readonly tools: readonly WebToolCall[];
}

export interface ChatState {
  readonly phase: 'empty' | 'loading' | 'ready' | 'failed';
  readonly error?: { readonly code: string; readonly message: string };
  /** Committed, oldest first. */
  readonly turns: readonly WebTurn[];
  readonly more: boolean;
  /** TURN sequence of the last commit that was seen: where the event stream resumes. */
  readonly cursor: number;
  readonly pending: readonly PendingMessage[];
  readonly running: readonly RunningTurn[];
}

export type ChatAction =
  | { readonly type: 'opened' }
  | { readonly type: 'closed' }
  | { readonly type: 'created' }
  | { readonly type: 'history'; readonly history: WebHistory }
  | { readonly type: 'older'; readonly history: WebHistory }
  | { readonly type: 'load-failed'; readonly code: string; readonly message: string }
  | { readonly type: 'sending'; readonly message: PendingMessage }
  | { readonly type: 'accepted'; readonly messageId: string }
  | { readonly type: 'send-failed'; readonly messageId: string; readonly error: NonNullable<PendingMessage['error']> }
  | { readonly type: 'event'; readonly event: WebEvent };

export const EMPTY_CHAT: ChatState = { phase: 'empty', turns: [], more: false, cursor: 0, pending: [], running: [] };

const withPending = (state: ChatState, messageId: string, change: (message: PendingMessage) => PendingMessage): ChatState => ({
  ...state,
  pending: state.pending.map((message) => (message.messageId === messageId ? change(message) : message)),
});

/** The history as loaded, kept together with what was sent or came in while it was loading. */
const onHistory = (state: ChatState, history: WebHistory): ChatState => {
  const loaded = new Set(history.turns.map(({ sequence }) => sequence));
  const turns = [...history.turns, ...state.turns.filter(({ sequence }) => !loaded.has(sequence) && sequence > history.cursor)];
  const answered = new Set(turns.flatMap(({ messageIds }) => messageIds));
  const known = new Set(state.pending.map(({ messageId }) => messageId));
  const accepted = history.pending.filter(({ messageId }) => !known.has(messageId)).map((message): PendingMessage => ({ ...message, state: 'accepted' }));
  return {
    ...state,
    phase: 'ready',
    turns,
    more: history.more,
    cursor: Math.max(history.cursor, state.cursor),
    pending: [...accepted, ...state.pending].filter(({ messageId }) => !answered.has(messageId)),
  };
};

const upsertTool = (tools: readonly WebToolCall[], call: WebToolCall): readonly WebToolCall[] => {
  const known = tools.find(({ callId }) => callId === call.callId);
  if (known === undefined) return [...tools, call];
  // A recorded `running` may arrive after the live `done`.
  if (known.state !== 'running' && call.state === 'running') return tools;
  return tools.map((tool) => (tool.callId === call.callId ? { ...tool, ...call } : tool));
};

const changeRunning = (state: ChatState, turnId: string, change: (turn: RunningTurn) => RunningTurn): ChatState => {
  // A live event may be late: its turn is over.
  if (state.turns.some((turn) => turn.turnId === turnId)) return state;
  const known = state.running.find((turn) => turn.turnId === turnId);
  const turn = change(known ?? { turnId, messageIds: [], sequence: 0, text: '', tools: [] });
  return { ...state, running: known === undefined ? [...state.running, turn] : state.running.map((other) => (other.turnId === turnId ? turn : other)) };
};

const onCommit = (state: ChatState, turn: WebTurn): ChatState => {
  const cursor = Math.max(state.cursor, turn.sequence);
  if (state.turns.some(({ sequence }) => sequence === turn.sequence)) return { ...state, cursor };
  return {
    ...state,
    cursor,
    turns: [...state.turns, turn].sort((a, b) => a.sequence - b.sequence),
    pending: state.pending.filter(({ messageId }) => !turn.messageIds.includes(messageId)),
    running: state.running.filter(({ turnId }) => turnId !== turn.turnId),
  };
};

const onEvent = (state: ChatState, event: WebEvent): ChatState => {
  switch (event.kind) {
    case 'started':
      return changeRunning(state, event.turnId, (turn) => ({ ...turn, messageIds: event.messageIds }));
    case 'snapshot':
      return changeRunning(state, event.turnId, (turn) => (event.sequence < turn.sequence ? turn : { ...turn, sequence: event.sequence, text: event.text }));
    case 'tool': {
      const { kind, turnId, sequence, ...call } = event;
      return changeRunning(state, turnId, (turn) => ({ ...turn, tools: upsertTool(turn.tools, call) }));
    }
    case 'commit':
      return onCommit(state, event.turn);
  }
};

/** What a conversation looks like after an action. Pure: the same events in any repetition give the same page. */
export const chatReducer = (state: ChatState, action: ChatAction): ChatState => {
  switch (action.type) {
    case 'closed':
      return EMPTY_CHAT;
    case 'opened':
      return { ...EMPTY_CHAT, phase: 'loading' };
    case 'created':
      return { ...state, phase: 'ready' };
    case 'history':
      return onHistory(state, action.history);
    case 'older': {
      const known = new Set(state.turns.map(({ sequence }) => sequence));
      return { ...state, more: action.history.more, turns: [...action.history.turns.filter(({ sequence }) => !known.has(sequence)), ...state.turns] };
    }
    case 'load-failed':
      return { ...state, phase: 'failed', error: { code: action.code, message: action.message } };
    case 'sending':
      return { ...state, pending: [...state.pending.filter(({ messageId }) => messageId !== action.message.messageId), action.message] };
    case 'accepted':
      return withPending(state, action.messageId, (message) => ({ ...message, state: 'accepted' }));
    case 'send-failed':
      return withPending(state, action.messageId, (message) => ({ ...message, state: 'failed', error: action.error }));
    case 'event':
      return onEvent(state, action.event);
  }
};

/** Which running turn answers a pending message; a turn whose start was missed goes to the first message. */
export const runningOf = (state: ChatState, message: PendingMessage): RunningTurn | undefined => {
  const own = state.running.find(({ messageIds }) => messageIds.includes(message.messageId));
  if (own !== undefined || message.state === 'failed') return own;
  const first = state.pending.find(({ state: sent }) => sent !== 'failed');
  return first === message ? state.running.find(({ messageIds }) => messageIds.length === 0) : undefined;
};

/** Something is being answered, or waits for it. */
export const isBusy = (state: ChatState): boolean => state.running.length > 0 || state.pending.some(({ state: sent }) => sent !== 'failed');

/** The newest answer came from the demo provider, which is no language model. */
export const isDemo = (state: ChatState): boolean => /^demo(\/|$)/.test(state.turns.findLast(({ model }) => model !== undefined)?.model ?? '');
