// as: apps/console/src/planted.ts
// finds: @nx/enforce-module-boundaries service:console
import { createLogger } from '@assistant/telemetry';

export const planted = createLogger;
