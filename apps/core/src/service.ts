import { turnsSection, type RunningService, type Service, type ServiceContext } from '@assistant/service';
import { runAgent } from './agent/agent';
import { chooseAgent } from './agent/choose';
import { agentsSection, routesSection, servicesSection } from './agent/config';
import { createModelClient } from './agent/model-client';
import type { AgentDependencies } from './agent/run';
import { createToolboxClient } from './agent/toolbox-client';
import { isStopCommand, runCommand } from './commands/run-command';
import { rateLimitingSection } from './config';
import { Admittance } from './turn/admit';
import type { Responders } from './turn/route';
import { Scheduler } from './turn/scheduler';

const DEFAULT_HISTORY_TOKENS = 24_000;

/** The scheduler, container `assistant-core`: claims messages, answers them, commits turns. */
export const core: Service = {
  name: 'core',
  sections: [agentsSection, routesSection, servicesSection, rateLimitingSection],
  start: async (context) => startCore(context),
};

const startCore = (context: ServiceContext): RunningService => {
  const { bus, config, log, instance } = context;
  const addresses = config.get(servicesSection);
  const models = createModelClient({ address: addresses.model_gateway });
  context.onStop('model client', () => models.close());
  const toolbox = createToolboxClient({
    address: addresses.toolbox,
    onUnavailable: (error) =>
      log.warn('the toolbox does not answer; turns run without tools until it does', { hop: 'invoke.run', code: error.code, reason: error.message }),
  });
  context.onStop('toolbox client', () => toolbox.close());

  const turns = config.get(turnsSection);
  const scheduler = new Scheduler({
    tools: {
      bus,
      log,
      admittance: new Admittance(),
      rateLimit: () => {
        const { enabled, max_requests: maxRequests, window_ms: windowMs } = config.get(rateLimitingSection);
        return { enabled, maxRequests, windowMs };
      },
      responders: respondersOf({ config, models, toolbox, version: context.version }),
    },
    instance,
    leaseTtlMs: turns.lease_ttl_ms,
    concurrency: turns.concurrency,
    timing: () => ({ coalesceMs: config.get(turnsSection).coalesce_ms, albumMs: config.get(turnsSection).album_ms }),
  });

  return {
    health: () => ({ status: 'ok', detail: scheduler.partitions === 0 ? 'holds no partition yet' : '' }),
    drain: (limit) => scheduler.drain(limit),
  };
};

const respondersOf = (dependencies: AgentDependencies): Responders => ({
  command: async (turn) => runCommand(turn, dependencies),
  agent: (turn) => runAgent(turn, dependencies),
  historyTokens: ({ events: [first] }) => {
    try {
      return chooseAgent(dependencies.config, first).settings.history_tokens;
    } catch {
      // A route that names no agent is told to the person by the agent's own run; the history stays as it is.
      return DEFAULT_HISTORY_TOKENS;
    }
  },
  isStop: isStopCommand,
});
