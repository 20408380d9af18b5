import { chatPage } from './chat';
import { healthPage } from './health';
import { logsPage } from './logs';
import type { Page } from './page';

/** Every page, in the order of the navigation. */
export const PAGES: readonly Page[] = [chatPage, healthPage, logsPage];
