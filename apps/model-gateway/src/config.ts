import { defineSection, secretField } from '@assistant/config';
import { z } from 'zod';

export const PROVIDER_KINDS = ['openai', 'demo', 'anthropic', 'gemini', 'python'] as const;

const milliseconds = z.number().int().min(1).max(86_400_000);

const timeouts = z.strictObject({
  connect_ms: milliseconds.optional().describe('Until the connection stands.'),
  headers_ms: milliseconds.optional().describe('Until the provider answers at all.'),
  first_token_ms: milliseconds.optional().describe('Until the first real event of a stream; keep-alives do not count.'),
  idle_ms: milliseconds.optional().describe('Between two pieces of an answer.'),
  total_ms: milliseconds.optional().describe('For the whole answer, repeats included.'),
});

const model = z.union([
  z.string().min(1),
  z.strictObject({
    id: z.string().min(1).describe('As the provider calls it.'),
    context_tokens: z.number().int().positive().optional(),
    max_output_tokens: z.number().int().positive().optional(),
    capabilities: z.array(z.enum(['tools', 'vision', 'audio', 'json', 'reasoning', 'embeddings'])).optional(),
    fallbacks: z.array(z.string()).optional(),
    weight: z.number().positive().optional(),
    prices: z.record(z.string(), z.number()).optional(),
    timeouts: timeouts.optional(),
  }),
]);

const kind = z.union([z.enum(PROVIDER_KINDS), z.string().regex(/^ai-sdk:.+/, 'must be openai, anthropic, gemini, python, demo or ai-sdk:<package>')]);

const provider = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, dots, dashes or underscores')
    .describe('Stands before the slash in provider/model.'),
  kind: kind.optional().describe('The wire it speaks; inferred from known names.'),
  api_base: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Base URL, usually ending in /v1. Known names bring their own.'),
  api_key: z
    .union([secretField(), z.literal('')])
    .nullish()
    .describe('The key. Without one the environment variable of a known name is read.'),
  models: z.array(model).optional().describe('The first one answers to the bare provider name. Without a list every model name is passed on.'),
  timeouts: timeouts.optional(),
  headers: z.record(z.string(), z.string()).optional().describe('Sent with every request.'),
  proxy: z.string().optional().describe('Outbound proxy of this provider: a URL, or none.'),
  max_attempts: z.number().int().min(1).max(5).optional().describe('Tries before the first byte of an answer; 2 unless told.'),
  weight: z.number().positive().optional(),
  pace_ms: z.number().int().min(0).max(1000).optional().describe('Pause between two words of the demo.'),
});

/** Where models come from. */
export const modelProvidersSection = defineSection(
  'model_providers',
  'The providers of language models, and which of them answers when nobody chose.',
  z
    .strictObject({
      default: z.string().optional().describe('A provider, or provider/model.'),
      providers: z.array(provider).default([]),
    })
    .prefault({})
    .superRefine(({ providers }, context) => {
      const seen = new Set<string>();
      providers.forEach(({ name }, index) => {
        if (seen.has(name))
          context.addIssue({ code: 'custom', path: ['providers', index, 'name'], message: `${name} is already the name of another provider` });
        seen.add(name);
      });
    }),
);

export type ModelProviders = z.output<typeof modelProvidersSection.schema>;
export type ProviderSettings = z.output<typeof provider>;
export type ModelSettings = Exclude<z.output<typeof model>, string>;
