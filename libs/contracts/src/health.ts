export type HealthStatus = 'ok' | 'degraded' | 'down';

export interface ServiceHealth {
  readonly status: HealthStatus;
  /** One sentence for the operator; empty when all is well. */
  readonly detail: string;
}

/** The body of `GET /health`. */
export interface HealthReport {
  readonly status: HealthStatus;
  readonly version: string;
  readonly services: Readonly<Record<string, ServiceHealth>>;
}

/** What a service tells the monitor hub every few seconds on `healthSubject`. */
export interface HealthBeat extends ServiceHealth {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  /** Unix milliseconds. */
  readonly at: number;
}
