import { AssistantError, type InboundEvent } from '@assistant/contracts';
import type { ConfigStore } from '@assistant/config';
import { agentsSection, routesSection, type AgentSettings, type Route } from './config';

export interface ChosenAgent {
  readonly name: string;
  readonly settings: AgentSettings;
}

/**
 * The agent that answers this event. Throws `config_invalid` when the route names an agent that does not exist:
 * falling back to the default could hand a narrow route the tools of a wide agent.
 */
export const chooseAgent = (config: Pick<ConfigStore, 'get'>, event: InboundEvent): ChosenAgent => {
  const name = config.get(routesSection).find((route) => matches(route, event))?.agent ?? 'default';
  const agents = config.get(agentsSection);
  const settings = Object.hasOwn(agents, name) ? agents[name] : undefined;
  if (settings === undefined) throw new AssistantError('config_invalid', `routes: agent "${name}" does not exist. Add it under agents, or correct the route.`);
  return { name, settings };
};

const matches = ({ when }: Route, { from }: InboundEvent): boolean =>
  (when.platform === undefined || when.platform === from.platform) &&
  (when.conversation === undefined || when.conversation === from.kind) &&
  (when.account === undefined || when.account === from.account) &&
  (when.tenant === undefined || when.tenant === from.tenant);
