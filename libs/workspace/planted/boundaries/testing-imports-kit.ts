// as: libs/testing/src/planted.ts
// finds: @nx/enforce-module-boundaries Circular dependency
import { run } from '@assistant/adapter-kit';

export const planted = run;
