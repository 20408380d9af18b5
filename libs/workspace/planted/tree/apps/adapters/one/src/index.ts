// finds: adapters-never-meet
import { core } from '../../../core/src/commands/two';

export const planted = core;
