import type { InboundEvent } from '@assistant/contracts';
import { z } from 'zod';
import type { BotApi } from './client';
import { updateSchema, type TelegramUpdate } from './update';

const POLL_S = 25;
const updatesSchema = z.array(z.object({ update_id: z.number() }).loose());

export const ALLOWED_UPDATES = ['message', 'edited_message', 'channel_post', 'edited_channel_post', 'callback_query'] as const;

/**
 * Long polling. The offset is Telegram's cursor: it moves on only after every update before it is stored, so that a
 * crash in between repeats updates and loses none.
 */
export const poll = async (
  api: BotApi,
  toEvents: (update: TelegramUpdate) => readonly InboundEvent[],
  publish: (event: InboundEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  for (let offset = 0; !signal.aborted;) {
    const result = await api.call(
      'getUpdates',
      { offset, timeout: POLL_S, limit: 100, allowed_updates: ALLOWED_UPDATES },
      { signal, timeoutMs: (POLL_S + 10) * 1000 },
    );
    for (const raw of updatesSchema.parse(result)) {
      const update = updateSchema.safeParse(raw);
      // One that cannot be read would come for ever; it is passed over.
      if (update.success) for (const event of toEvents(update.data)) await publish(event);
      offset = raw.update_id + 1;
    }
  }
};
