import { bytesField, defineSection, type Section } from '@assistant/config';
import { z } from 'zod';

const schema = z
  .strictObject({
    enabled: z.boolean().default(true),
    max_body_bytes: bytesField().default(256 * 1024),
    max_upload_bytes: bytesField().default(20 * 1024 ** 2),
  })
  .prefault({});

export type WebSettings = z.infer<typeof schema>;

export const webSection: Section<WebSettings> = defineSection('platforms.web', 'The web chat: the page at /console and its API under /api/chat.', schema);
