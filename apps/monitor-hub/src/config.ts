import { bytesField, defineSection } from '@assistant/config';
import { z } from 'zod';

const GIBIBYTE = 1024 ** 3;
/** Below this a segment would hold too few lines to be worth a file. */
const SMALLEST_BYTES = 16 * 1024 ** 2;

export const logsSection = defineSection(
  'logs',
  'The log store of the monitor hub: what is kept for search. The oldest lines go first.',
  z
    .strictObject({
      max_bytes: bytesField()
        .refine((bytes) => bytes >= SMALLEST_BYTES, 'must be at least 16MB')
        .default(2 * GIBIBYTE)
        .describe('The space on disk that the store may take, indexes included.'),
      max_days: z.number().int().min(1).max(366).default(7).describe('Lines older than this are let go of, a day at a time.'),
    })
    .prefault({}),
);
export type LogsSettings = z.output<typeof logsSection.schema>;
