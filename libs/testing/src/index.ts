export { startNats, type NatsOptions, type NatsServer } from './nats/start-nats';
export { freePort } from './process/free-port';
export { reap } from './process/reaper';
export * from './openai';
export * from './telegram';
export { startFaultProxy, type FaultProxy, type Toxics } from './fault-proxy/fault-proxy';
