import { run } from '@assistant/service';
import { core } from './service';

void run(core);
