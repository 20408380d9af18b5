import { AssistantError } from '@assistant/contracts';
import type { Gateway } from '../call/call';
import type { ListedModel } from '../providers/snapshot';
import { sendJson, type Exchange } from './http-exchange';

const present = ({ id, entry, settings, isDefault }: ListedModel) => ({
  id,
  object: 'model',
  created: 0,
  owned_by: entry.name,
  default: isDefault,
  ...(settings.context_tokens === undefined ? {} : { context_window: settings.context_tokens }),
  ...(settings.capabilities === undefined ? {} : { capabilities: settings.capabilities }),
});

/** `GET /v1/models`: what may stand as `model` in a request. */
export const listModels = (gateway: Gateway, exchange: Exchange): void =>
  sendJson(exchange, JSON.stringify({ object: 'list', data: gateway.registry.current.models().map(present) }));

/** `GET /v1/models/:id`, the id with its slash as it is or escaped. Throws `model_not_found`. */
export const showModel = (gateway: Gateway, exchange: Exchange, asked: string): void => {
  const { current } = gateway.registry;
  const { id } = current.resolve(asked);
  const found = current.models().find((model) => model.id === id);
  if (found === undefined) throw new AssistantError('model_not_found', `${id} is passed on to its provider and not listed.`, { param: 'model' });
  sendJson(exchange, JSON.stringify(present(found)));
};
