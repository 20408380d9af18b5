// as: apps/adapters/telegram/src/planted.ts
// finds: @nx/enforce-module-boundaries Imports of apps are forbidden
import { webAdapter } from '@assistant/adapter-web';

export const planted = webAdapter;
