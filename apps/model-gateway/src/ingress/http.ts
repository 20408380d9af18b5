import type { IncomingMessage, ServerResponse } from 'node:http';
import { AssistantError } from '@assistant/contracts';
import { Router } from 'express';
import type { Gateway } from '../call/call';
import { chatCompletions } from './http-chat';
import { answer, type Exchange } from './http-exchange';
import { listModels, showModel } from './http-models';

interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly serve: (gateway: Gateway, exchange: Exchange) => Promise<void> | void;
}

const ENDPOINTS: readonly Endpoint[] = [
  { method: 'POST', path: '/v1/chat/completions', serve: chatCompletions },
  { method: 'GET', path: '/v1/models', serve: listModels },
];

/** Paths that OpenAI's interface has and this gateway has not. */
const KNOWN_ELSEWHERE =
  /^\/v1\/(?:completions|responses|embeddings|images|audio|rerank|moderations|files|batches|messages|realtime|fine_tuning|assistants|threads|vector_stores)(?:\/|$)/;

const MODEL = /^\/v1\/models\/(.+)$/;

/** Everything below `/v1`, with an error of the OpenAI dialect for whatever is not there. */
export const httpRoutes = (gateway: Gateway): Router => {
  const { log } = gateway.events;
  const router = Router();
  router.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path !== '/v1' && !path.startsWith('/v1/')) return next();
    void answer(request, response, log, async (exchange) => dispatch(gateway, exchange, path));
  });
  return router;
};

const dispatch = (gateway: Gateway, exchange: Exchange, path: string): Promise<void> | void => {
  const method = exchange.request.method ?? '';
  const endpoint = ENDPOINTS.find((known) => known.path === path);
  if (endpoint !== undefined) {
    if (endpoint.method === method) return endpoint.serve(gateway, exchange);
    exchange.response.setHeader('allow', endpoint.method);
    throw new AssistantError('method_not_allowed', `${path} is for ${endpoint.method}, not ${method}.`);
  }
  const model = MODEL.exec(path)?.[1];
  if (model !== undefined && method === 'GET') return showModel(gateway, exchange, decoded(model));
  if (KNOWN_ELSEWHERE.test(path)) throw new AssistantError('unsupported', `This gateway does not offer ${path}.`);
  throw new AssistantError('not_found', `There is nothing at ${method} ${path}.`);
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
