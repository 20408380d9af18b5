// as: libs/contracts/src/planted.ts
// finds: @nx/enforce-module-boundaries
import { HOPS } from '@assistant/net';

export const planted = HOPS;
