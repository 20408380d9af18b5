import { bytesField, defineSection } from '@assistant/config';
import { z } from 'zod';

const KIBIBYTE = 1024;

export const toolboxSection = defineSection(
  'toolbox',
  'The preset tools: which of them run, and their limits.',
  z
    .strictObject({
      enabled: z
        .union([z.literal('all'), z.array(z.string())])
        .default('all')
        .describe('Names of the tools that run, or all.'),
      max_concurrent: z.number().int().min(1).max(1024).default(64).describe('Calls at work in one process; more are refused as overloaded.'),
      max_concurrent_per_caller: z.number().int().min(1).max(1024).default(8).describe('The same for one conversation.'),
      max_result: bytesField()
        .default(16 * KIBIBYTE)
        .describe('What a model gets to read of one result; the rest is cut with a note.'),
      web_fetch: z
        .strictObject({
          allow: z.array(z.string()).default([]).describe('Private hosts or networks that pages may be fetched from: host, host:port or CIDR.'),
          use_proxy: z.boolean().default(true).describe('Fetch pages through proxy.https, where one is set; it must keep its clients out of private networks.'),
          max_bytes: bytesField()
            .default(5 * KIBIBYTE * KIBIBYTE)
            .describe('The largest page that is read.'),
        })
        .prefault({}),
    })
    .prefault({}),
);
export type ToolboxSettings = z.output<typeof toolboxSection.schema>;
