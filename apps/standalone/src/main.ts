import { run } from '@assistant/service';
import { services } from './services';

void run(...services);
