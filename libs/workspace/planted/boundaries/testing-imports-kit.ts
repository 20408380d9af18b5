// as: libs/testing/src/planted.ts
// finds: @nx/enforce-module-boundaries layer:testing
import { run } from '@assistant/adapter-kit';

export const planted = run;
