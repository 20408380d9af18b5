import { defineSection } from '@assistant/config';
import { z } from 'zod';

const agentSchema = z.strictObject({
  model: z.string().default('').describe('provider, provider/model or a bare model name; empty = the default of model_providers.'),
  system: z.string().default('').describe('What the model is told about its task, before anything else.'),
  tools: z
    .union([z.literal('all'), z.array(z.string())])
    .default('all')
    .describe('Names of the tools this agent may use, or all.'),
  skills: z
    .union([z.literal('all'), z.array(z.string())])
    .default('all')
    .describe('Names of the skills this agent may use, or all.'),
  max_steps: z.number().int().min(1).max(200).default(25).describe('Model calls in one turn.'),
  max_tool_calls: z.number().int().min(0).max(1000).default(50).describe('Tool calls in one turn.'),
  history_tokens: z.number().int().min(0).default(24_000).describe('Estimated tokens of earlier messages the model is shown.'),
  temperature: z.number().min(0).max(2).optional().describe("The provider's own default when absent."),
  timeout_ms: z.number().int().min(1000).default(300_000).describe('The longest a turn may take in all, milliseconds.'),
});
export type AgentSettings = z.output<typeof agentSchema>;

/** The agents by name; `default` always exists. */
export const agentsSection = defineSection(
  'agents',
  'Who answers: a model, a task, the tools it may use and its limits.',
  z
    .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/), agentSchema)
    .transform((agents): Readonly<Record<string, AgentSettings>> => ({ default: agentSchema.parse({}), ...agents }))
    .prefault({}),
);
export type Agents = Readonly<Record<string, AgentSettings>>;

const routeSchema = z.strictObject({
  when: z
    .strictObject({
      platform: z.string().optional(),
      conversation: z.enum(['direct', 'group', 'channel']).optional(),
      account: z.string().optional(),
      tenant: z.string().optional(),
    })
    .default({}),
  agent: z.string(),
});
export type Route = z.output<typeof routeSchema>;

/** Which agent answers where; the first route whose every condition holds wins, then `default`. */
export const routesSection = defineSection('routes', 'Which agent answers where; the first match wins, then agent default.', z.array(routeSchema).default([]));

const address = z.string().regex(/^\S+:\d{1,5}$/, 'must be host:port');

/** Where the services that core calls listen. A name that stands for several addresses spreads the calls. */
export const servicesSection = defineSection(
  'services',
  'Addresses (host:port) of the services that core calls by gRPC.',
  z.strictObject({ model_gateway: address.default('127.0.0.1:50051'), toolbox: address.default('127.0.0.1:50051') }).prefault({}),
);
