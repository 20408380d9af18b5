import { run } from '@assistant/service';
import { telegramAdapter } from './service';

void run(telegramAdapter);
