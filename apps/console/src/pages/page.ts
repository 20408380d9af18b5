import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/messages';
import type { Icon } from '../shell/icons';
import type { Route } from '../shell/route';

export interface PageProps {
  readonly route: Route;
}

/** A page of the console: a folder under `pages/` and a line in `pages/index.ts`. */
export interface Page {
  /** Stands in the address: `#/<name>`. */
  readonly name: string;
  readonly title: MessageKey;
  readonly icon: Icon;
  readonly component: ComponentType<PageProps>;
}
