import { ChatIcon } from '../../shell/icons';
import type { Page } from '../page';
import { ChatPage } from './chat-page';

export const chatPage: Page = { name: 'chat', title: 'nav.chat', icon: ChatIcon, component: ChatPage };
