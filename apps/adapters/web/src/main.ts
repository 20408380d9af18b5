import { run } from '@assistant/service';
import { webAdapter } from './service';

void run(webAdapter);
