// as: apps/adapters/web/src/planted.ts
// finds: @nx/enforce-module-boundaries broker:no
import { connect } from 'nats';

export const planted = connect;
