// as: libs/adapter-kit/src/planted.ts
// finds: @nx/enforce-module-boundaries Imports of apps are forbidden
import { core } from '@assistant/core';

export const planted = core;
