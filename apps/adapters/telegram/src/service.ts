import { createAdapterService } from '@assistant/adapter-kit';
import type { Service } from '@assistant/service';
import { telegramPlatform } from './platform';

export const telegramAdapter: Service = createAdapterService(telegramPlatform);
