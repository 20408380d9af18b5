import { LogsIcon } from '../../shell/icons';
import type { Page } from '../page';
import { LogsPage } from './logs-page';

export const logsPage: Page = { name: 'logs', title: 'nav.logs', icon: LogsIcon, component: LogsPage };
