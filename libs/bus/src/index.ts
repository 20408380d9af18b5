export * from './bus';
export { connectBus, type BusOptions } from './connect';
export { Floor } from './floor';
export { Limiter } from './limiter';
export { DEFAULT_LIMITS, type StoreLimits } from './streams';
