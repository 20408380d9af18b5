export { startNats, type NatsOptions, type NatsServer } from './nats/start-nats';
export { freePort } from './process/free-port';
export { reap } from './process/reaper';
export { ServiceProcess, type ServiceProcessOptions } from './process/service-process';
export { accepts, startProcess, type StartOptions } from './process/start-process';
export * from './openai';
export * from './telegram';
export { startFaultProxy, type FaultProxy } from './fault-proxy/fault-proxy';
export type { Toxics } from './fault-proxy/carry';
