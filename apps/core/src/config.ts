import { defineSection } from '@assistant/config';
import { z } from 'zod';

export const rateLimitingSection = defineSection(
  'rate_limiting',
  'How many messages one person may send; beyond it one notice is given and the rest is passed over.',
  z
    .object({
      enabled: z.boolean().default(true),
      max_requests: z.number().int().min(1).default(50),
      window_ms: z.number().int().min(100).max(3_600_000).default(1000),
    })
    .prefault({}),
);
