import { run } from '@assistant/service';
import { toolbox } from './service';

void run(toolbox);
