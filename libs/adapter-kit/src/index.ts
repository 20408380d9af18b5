export * from './adapter-service';
export * from './platform';
export { intake } from './intake/intake';
export { Pressure } from './intake/pressure';
export { readBody } from './intake/body';
export { isSendError } from './delivery/send';
