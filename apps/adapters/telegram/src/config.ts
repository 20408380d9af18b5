import { defineSection, secretField } from '@assistant/config';
import { z } from 'zod';

const accountSchema = z.object({
  enabled: z.boolean().default(false),
  /** Stands in the webhook's path and in event ids. */
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be lower-case letters, digits, - and _')
    .default('default'),
  token: secretField().optional(),
  /** Sent back by Telegram with every webhook; derived from the token when the webhook registers itself. */
  webhook_secret: secretField().optional(),
  mode: z.enum(['webhook', 'polling']).default('webhook'),
  api_base: z.url().default('https://api.telegram.org'),
  streaming: z.enum(['off', 'edit']).default('edit'),
  /** In groups: answer only when mentioned, replied to or commanded, or every message. */
  group_mode: z.enum(['mention', 'all']).default('mention'),
  on_unknown: z.enum(['resend', 'drop']).default('resend'),
  /** Webhooks that Telegram delivers at the same time. */
  max_connections: z.number().int().min(1).max(100).default(40),
  /** For a gateway in front of the Bot API that drops repeated sends by the header x-idempotency-key. */
  idempotency_header: z.boolean().default(false),
});
export type TelegramAccountSettings = z.output<typeof accountSchema>;

const needsToken = (account: TelegramAccountSettings): boolean => !account.enabled || account.token !== undefined;
const TOKEN_MESSAGE = 'an enabled Telegram account needs a token. Get one from @BotFather, or set enabled: false.';

export const telegramSection = defineSection(
  'platforms.telegram',
  'Telegram bots: one account, or a list of them.',
  z
    .union([
      z.array(accountSchema.refine(needsToken, { error: TOKEN_MESSAGE, path: ['token'] })),
      accountSchema.refine(needsToken, { error: TOKEN_MESSAGE, path: ['token'] }).transform((account) => [account]),
    ])
    .prefault({}),
);
export type TelegramSettings = readonly TelegramAccountSettings[];
