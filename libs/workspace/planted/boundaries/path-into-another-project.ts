// as: libs/net/src/planted.ts
// finds: @nx/enforce-module-boundaries relative
import { createLogger } from '../../telemetry/src/log';

export const planted = createLogger;
