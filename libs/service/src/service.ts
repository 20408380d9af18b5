import type { ConfigStore, Section } from '@assistant/config';
import type { Bus } from '@assistant/bus';
import type { ServiceHealth } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';
import type { Router } from 'express';
import type { GrpcService } from './grpc-server';

/** A service is a value. `main.ts` runs one of them in a process of its own, `apps/standalone` runs them all. */
export interface Service {
  /** The name in logs, health and compose: `core`, `model-gateway`, `adapter-telegram`. */
  readonly name: string;
  /** The configuration sections this service reads. */
  readonly sections: readonly Section<unknown>[];
  /** Opens what the service needs, in order; whatever was opened is handed to `context.onStop`. */
  start(context: ServiceContext): Promise<RunningService>;
}

export interface RunningService {
  /** Mounted at `/` of the process's HTTP server. */
  readonly routes?: Router;
  /** Hosted by the process's gRPC server. */
  readonly grpc?: readonly GrpcService[];
  /** How it is now; must answer at once. */
  health(): ServiceHealth;
  /**
   * Draining: take no new work and let the running work end. `signal` aborts when the time is up; what still runs
   * then must stop where it is. Afterwards the `onStop` steps run in reverse.
   */
  drain?(signal: AbortSignal): Promise<void>;
}

export interface ServiceContext {
  readonly config: ConfigStore;
  readonly log: Logger;
  readonly bus: Bus;
  readonly version: string;
  /** Names this process among its replicas; stable over a restart in place. */
  readonly instance: string;
  /** A directory this process may write to. */
  readonly dataDir: string;
  /** Runs when the process stops, in reverse order of registration; each step has 5 s and cannot stop the others. */
  onStop(name: string, close: () => Promise<void> | void): void;
  /** True from SIGTERM on. */
  readonly draining: boolean;
}
