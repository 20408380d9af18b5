import { conversationToken, type HistoryMessage, type InboundEvent, type Part, type StepRecord } from '@assistant/contracts';
import { silentLogger, startSpan, startTracing } from '@assistant/telemetry';
import type { ConfigStore, Section } from '@assistant/config';
import type { Journal, Live, Turn } from '../../turn/types';
import { createModelClient } from '../model-client';
import type { AgentDependencies } from '../run';
import { createToolboxClient } from '../toolbox-client';

startTracing({ service: 'test', version: '0' });

export const inbound = (
  text: string,
  overrides: { readonly kind?: 'direct' | 'group' | 'channel'; readonly parts?: readonly Part[]; readonly platform?: string; readonly account?: string } = {},
): InboundEvent => {
  const { kind = 'direct', platform = 'telegram', account = 'bot' } = overrides;
  return {
    v: 1,
    id: `${platform}:${account}:1`,
    type: 'message.created',
    sentAt: '2026-11-23T08:00:00.000Z',
    receivedAt: '2026-11-23T08:00:00.100Z',
    from: { tenant: 'default', platform, account, conversation: conversationToken([account, '7', '']), chatId: '7', kind },
    sender: { id: '42', name: 'Ann', kind: 'user' },
    message: { id: '1', parts: overrides.parts === undefined ? [{ type: 'text', text, format: 'plain' }] : [...overrides.parts], text, addressed: true },
  };
};

/** A journal that keeps what it is given; `failOn` makes the n-th append (from 0) throw. */
export interface RecordingJournal extends Journal {
  readonly appended: readonly (
    | { readonly of: 'model'; readonly message: HistoryMessage; readonly external: readonly string[] }
    | { readonly of: 'tool'; readonly messages: readonly HistoryMessage[] }
  )[];
}

export const recordingJournal = (recorded: readonly StepRecord[] = [], failOn?: { readonly append: number; readonly error: Error }): RecordingJournal => {
  const appended: RecordingJournal['appended'][number][] = [];
  const append = async (entry: RecordingJournal['appended'][number]): Promise<void> => {
    if (failOn !== undefined && appended.length === failOn.append) throw failOn.error;
    appended.push(entry);
  };
  return {
    recorded,
    appended,
    model: (message, external) => append({ of: 'model', message, external }),
    tools: (messages) => append({ of: 'tool', messages }),
  };
};

export interface RecordingLive extends Live {
  readonly snapshots: readonly string[];
  readonly tools: readonly Parameters<Live['tool']>[0][];
}

export const recordingLive = (onSnapshot?: (text: string) => void, onTool?: (call: Parameters<Live['tool']>[0]) => void): RecordingLive => {
  const snapshots: string[] = [];
  const tools: Parameters<Live['tool']>[0][] = [];
  return {
    snapshots,
    tools,
    snapshot: (text) => {
      snapshots.push(text);
      onSnapshot?.(text);
    },
    tool: (call) => {
      tools.push(call);
      onTool?.(call);
    },
  };
};

export const turnFor = (event: InboundEvent, overrides: Partial<Turn> = {}): Turn => {
  const { tenant, platform, conversation } = event.from;
  return {
    id: 'turn1',
    lane: { tenant, platform, conversation },
    events: [event],
    to: event.from,
    session: { window: 0 },
    history: [],
    language: 'en',
    span: startSpan('test'),
    log: silentLogger,
    signal: new AbortController().signal,
    journal: recordingJournal(),
    live: recordingLive(),
    ...overrides,
  };
};

/** Sections from plain values, parsed by their own schemas. */
export const configOf = (values: Readonly<Record<string, unknown>> = {}): Pick<ConfigStore, 'get'> => ({
  get: <T>({ key, schema }: Section<T>): T => schema.parse(values[key]),
});

export const depsFor = (
  addresses: { readonly gateway: string; readonly toolbox: string },
  config: Readonly<Record<string, unknown>> = {},
): AgentDependencies & { close(): void } => {
  const models = createModelClient({ address: addresses.gateway, channels: 1, patienceMs: 300 });
  const toolbox = createToolboxClient({ address: addresses.toolbox, channels: 1, patienceMs: 300 });
  return {
    config: configOf(config),
    models,
    toolbox,
    version: '1.2.3',
    close: () => {
      models.close();
      toolbox.close();
    },
  };
};
