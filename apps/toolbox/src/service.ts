import { AssistantError } from '@assistant/contracts';
import { TOOLBOX_SERVICE, toolboxDescriptor } from '@assistant/contracts/grpc';
import { createGuardedClient, proxySection, proxySettingsOf } from '@assistant/net';
import type { Service } from '@assistant/service';
import { toolboxSection, type ToolboxSettings } from './config';
import { createHandlers } from './handlers';
import { createCallLimit } from './invoke/limit';
import { TOOLS } from './tools/catalogue';
import type { Tool } from './tools/tool';
import { createWorkerPool } from './worker/pool';

/** How long a drain looks whether the last calls have ended, between two looks. */
const DRAIN_STEP_MS = 50;

const enabledTools = ({ enabled }: ToolboxSettings): readonly Tool[] =>
  enabled === 'all' ? TOOLS : TOOLS.filter(({ descriptor }) => enabled.includes(descriptor.name));

const assertKnown = ({ enabled }: ToolboxSettings): void => {
  const unknown = enabled === 'all' ? [] : enabled.filter((name) => !TOOLS.some(({ descriptor }) => descriptor.name === name));
  if (unknown.length > 0)
    throw new AssistantError(
      'config_invalid',
      `toolbox.enabled: there is no tool ${unknown.join(', ')}. Tools: ${TOOLS.map(({ descriptor }) => descriptor.name).join(', ')}.`,
    );
};

/** The preset tools behind gRPC: no state of its own, so any number of replicas serves. */
export const toolbox: Service = {
  name: 'toolbox',
  sections: [toolboxSection, proxySection],
  start: async ({ config, log, onStop }) => {
    assertKnown(config.get(toolboxSection));
    const workers = {
      calculator: createWorkerPool({ name: 'evaluate', size: 2, maxMemoryMb: 96, maxWaiting: 128 }),
      pages: createWorkerPool({ name: 'page', size: 1, maxMemoryMb: 256, maxWaiting: 32 }),
    };
    onStop('tool workers', async () => void (await Promise.all([workers.calculator.close(), workers.pages.close()])));
    const limit = createCallLimit();
    const current = () => {
      const settings = config.get(toolboxSection);
      const proxy = settings.web_fetch.use_proxy ? proxySettingsOf(config.get(proxySection)) : undefined;
      const http = createGuardedClient({ allow: settings.web_fetch.allow, proxy });
      return { tools: enabledTools(settings), limit, log, settings, workers, http, now: () => Date.now() };
    };
    return {
      grpc: [{ descriptor: toolboxDescriptor, name: TOOLBOX_SERVICE, handlers: createHandlers(current) }],
      health: () => ({ status: 'ok', detail: '' }),
      drain: async (signal) => {
        while (limit.running > 0 && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, DRAIN_STEP_MS));
      },
    };
  },
};
