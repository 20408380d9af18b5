import { z } from 'zod';
import { bytesField, defineSection, secretField } from '../section';

/** Sections as services declare them, for tests. */
export const providersSection = defineSection(
  'model_providers',
  'Where models come from.',
  z
    .strictObject({
      default: z.string().default('demo'),
      providers: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            kind: z.enum(['openai', 'anthropic', 'gemini', 'demo']).default('openai'),
            api_base: z.url().optional(),
            api_key: secretField().optional(),
            models: z.array(z.string()).optional(),
            timeout_ms: z.number().int().min(1).max(600_000).optional(),
          }),
        )
        .default([]),
      custom: z.array(z.object({ name: z.string(), class: z.string(), params: z.record(z.string(), z.unknown()).default({}) })).default([]),
    })
    .prefault({}),
);

const account = z.discriminatedUnion('enabled', [
  z.object({ enabled: z.literal(false), token: secretField().optional(), mode: z.string().optional() }),
  z.object({ enabled: z.literal(true), token: secretField(), mode: z.enum(['webhook', 'polling']).default('webhook'), api_base: z.url().optional() }),
]);
export const telegramSection = defineSection('platforms.telegram', 'Telegram.', z.union([account, z.array(account)]).prefault({ enabled: false }));

export const wecomSection = defineSection(
  'platforms.wecom',
  'WeCom.',
  z
    .object({
      enabled: z.boolean().default(false),
      corp_id: z.string().optional(),
      agent_id: z.string().optional(),
      aes_key: z
        .string()
        .refine((key) => key.length === 43, {
          error: ({ input }) => `must be 43 characters, got ${String(input).length}. Copy it again from the app's "receive messages" page.`,
        })
        .optional(),
    })
    .prefault({}),
);

export const rateSection = defineSection(
  'rate_limiting',
  'How often one caller may ask.',
  z.object({ enabled: z.boolean().default(true), max_requests: z.number().int().min(1).default(50), window_ms: z.number().int().default(1000) }).prefault({}),
);

export const cacheSection = defineSection('model_cache_size', 'Memory for reuse.', bytesField().default(256 * 1024 ** 2));

export const agentsSection = defineSection(
  'agents',
  'Who answers.',
  z
    .record(
      z.string().regex(/^[a-z][a-z0-9_-]*$/, 'must be lower-case letters and digits'),
      z.object({ system: z.string().default(''), tools: z.array(z.string()).default([]) }),
    )
    .default({}),
);

export const sampleSections = [providersSection, telegramSection, wecomSection, rateSection, cacheSection, agentsSection] as const;
