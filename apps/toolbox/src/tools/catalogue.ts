import { calculate } from './data/calculate';
import { currentTime } from './time/current-time';
import type { Tool } from './tool';
import { webFetch } from './web/web-fetch';

/** Every preset tool there is. A test holds this list and the folders equal. */
export const TOOLS: readonly Tool[] = [calculate, currentTime, webFetch];
