// as: apps/standalone/src/planted.ts
// finds: @nx/enforce-module-boundaries layer:assembly
import { startNats } from '@assistant/testing';

export const planted = startNats;
