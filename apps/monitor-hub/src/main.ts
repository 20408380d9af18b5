import { run } from '@assistant/service';
import { monitorHub } from './service';

void run(monitorHub);
