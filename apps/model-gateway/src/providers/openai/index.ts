import type { Secret } from '@assistant/contracts';
import type { HttpClient } from '@assistant/net';
import type { ChatQuirks } from '../../wires/openai-chat/encode';
import type { Provider } from '../provider';
import { chat } from './chat';
import { openAiExtras } from './extras';
import { createPassage } from './passage';
import { Upstream } from './upstream';

export interface OpenAiSettings {
  readonly name: string;
  readonly semanticName: string;
  readonly apiBase: string;
  readonly key: Secret | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly quirks: ChatQuirks;
  readonly http: HttpClient;
}

/** A vendor that speaks the OpenAI wire. */
export const createOpenAiProvider = (settings: OpenAiSettings): Provider => {
  const { name, semanticName, quirks, http, key, headers } = settings;
  const upstream = new Upstream({ provider: name, apiBase: settings.apiBase.replace(/\/+$/, ''), key, headers, http });
  return {
    name,
    kind: 'openai',
    semanticName,
    chat: (request, attempt, mode) => chat(upstream, quirks, request, attempt, mode),
    openAi: createPassage(upstream, quirks),
    ...openAiExtras(upstream),
    close: () => http.close(),
  };
};
