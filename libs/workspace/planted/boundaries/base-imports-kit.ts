// as: libs/net/src/planted.ts
// finds: @nx/enforce-module-boundaries layer:base
import { run } from '@assistant/service';

export const planted = run;
