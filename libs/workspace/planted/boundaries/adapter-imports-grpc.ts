// as: apps/adapters/web/src/planted.ts
// finds: @nx/enforce-module-boundaries service:adapter
import { Server } from '@grpc/grpc-js';

export const planted = Server;
