import type { WebConversation, WebEvent, WebHistory, WebUpload } from '@assistant/contracts';
import { followStream } from '../../api/event-source';
import { isNothing, isObject, request } from '../../api/request';

const ROOT = '/api/chat';
const UPLOAD_TIMEOUT_MS = 120_000;
const of = (conversation: string): string => `${ROOT}/conversations/${encodeURIComponent(conversation)}`;

export interface OutgoingMessage {
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly { readonly ref: string; readonly name: string; readonly mime: string; readonly size: number }[];
  readonly interaction?: { readonly id: string; readonly value: string };
  readonly language: string;
}

const isList = (value: unknown): value is { readonly conversations: readonly WebConversation[] } => isObject(value) && Array.isArray(value['conversations']);
const isConversation = (value: unknown): value is WebConversation => isObject(value) && typeof value['id'] === 'string';
const isHistory = (value: unknown): value is WebHistory =>
  isObject(value) && Array.isArray(value['turns']) && Array.isArray(value['pending']) && typeof value['cursor'] === 'number';
const isReceipt = (value: unknown): value is { readonly id: string } => isObject(value) && typeof value['id'] === 'string';
const isUpload = (value: unknown): value is WebUpload => isObject(value) && typeof value['ref'] === 'string';

export const listConversations = async (): Promise<readonly WebConversation[]> => (await request(`${ROOT}/conversations`, isList)).conversations;

export const createConversation = (): Promise<WebConversation> => request(`${ROOT}/conversations`, isConversation, { method: 'POST', json: {} });

export const removeConversation = async (conversation: string): Promise<void> => {
  await request(of(conversation), isNothing, { method: 'DELETE' });
};

export const loadHistory = (conversation: string, before: number | undefined, signal: AbortSignal): Promise<WebHistory> =>
  request(`${of(conversation)}/messages?limit=30${before === undefined ? '' : `&before=${before}`}`, isHistory, { signal });

export const sendMessage = async (conversation: string, message: OutgoingMessage): Promise<void> => {
  await request(`${of(conversation)}/messages`, isReceipt, { method: 'POST', json: message });
};

export const uploadFile = (file: File, signal: AbortSignal): Promise<WebUpload> => {
  const form = new FormData();
  form.set('file', file, file.name);
  return request(`${ROOT}/uploads`, isUpload, { method: 'POST', form, signal, timeoutMs: UPLOAD_TIMEOUT_MS });
};

const KINDS: readonly string[] = ['started', 'snapshot', 'tool', 'commit'] satisfies readonly WebEvent['kind'][];

const isWebEvent = (value: unknown): value is WebEvent =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && KINDS.includes(value.kind);

/** Follows a conversation; `cursor` tells the last commit that was seen. */
export const followConversation = (
  conversation: string,
  cursor: () => number,
  onEvent: (event: WebEvent) => void,
  onState: (state: 'open' | 'lost') => void,
): (() => void) =>
  followStream({
    address: () => `${of(conversation)}/events?after=${cursor()}`,
    events: KINDS,
    onEvent: (data) => {
      if (isWebEvent(data)) onEvent(data);
    },
    onState,
  });
