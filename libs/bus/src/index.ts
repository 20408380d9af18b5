export * from './bus';
export { connectBus, type BusOptions } from './connect';
export { Floor } from './floor';
export { Limiter } from './limiter';
export { replayDeadLetter, type Replayed } from './replay';
export { DEFAULT_LIMITS, type StoreLimits } from './streams';
