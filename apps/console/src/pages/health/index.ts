import { HealthIcon } from '../../shell/icons';
import type { Page } from '../page';
import { HealthPage } from './health-page';

export const healthPage: Page = { name: 'health', title: 'nav.health', icon: HealthIcon, component: HealthPage };
