import { run } from '@assistant/service';
import { modelGateway } from './index';

void run(modelGateway);
