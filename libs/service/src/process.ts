import { connectBus, type Bus } from '@assistant/bus';
import { loadConfig, type ConfigStore } from '@assistant/config';
import { mutated } from '@assistant/contracts';
import { collectProcessMetrics, createLogger, metrics, startTracing, type Logger } from '@assistant/telemetry';
import { assertSafeAddress, requireAccess } from './access';
import { processSections, serverSection, telemetrySection, turnsSection } from './config';
import { hostGrpc } from './grpc-host';
import { healthReport, startHeartbeat } from './health';
import { createHttpServer, type HttpServer } from './http-server';
import { instanceName } from './instance';
import { createLogShipper } from './log-shipper';
import { watchMemory } from './memory-ratio';
import type { RunningService, Service, ServiceContext } from './service';
import { createStopList } from './stop-list';
import { VERSION } from './version';

export interface ProcessOptions {
  readonly services: readonly Service[];
  readonly environment: NodeJS.ProcessEnv;
  readonly dataDir: string;
  /** Only load and check the configuration. */
  readonly checkOnly?: boolean;
}

export interface RunningProcess {
  readonly httpPort: number;
  readonly grpcPort: number | undefined;
  readonly bus: Bus;
  /** Drains and closes everything; resolves when nothing is left running. */
  stop(reason: string): Promise<void>;
}

/** In-flight work may go on this long after the ports are closed. */
const DRAIN_MS = 20_000;

/**
 * Starts a process in this order: configuration, log, telemetry, bus, services, gRPC, HTTP. Undefined when only the
 * configuration was to be checked. Throws with a sentence for the operator; then nothing is left running.
 */
export const startProcess = async (options: ProcessOptions): Promise<RunningProcess | undefined> => {
  const { services, environment, dataDir } = options;
  const processName = services.length === 1 ? (services[0]?.name ?? 'assistant') : 'standalone';
  const instance = instanceName(
    services.map(({ name }) => name),
    dataDir,
    environment,
  );
  const shipper = createLogShipper();
  const early = createLogger({ service: processName, instance, level: 'info', sinks: [shipper.sink] });
  const config = await loadConfig({
    sections: [...processSections, ...services.flatMap(({ sections }) => sections)],
    env: environment,
    dataDir,
    log: early,
    onReload: (ok) => metrics.configVersion.set(ok ? 1 : 0),
  });
  if (options.checkOnly === true) {
    config.close();
    return undefined;
  }
  const stopList = createStopList(early);
  stopList.add('config', () => config.close());
  try {
    return await open({ ...options, processName, instance, config, shipper, stopList });
  } catch (error) {
    await stopList.run();
    throw error;
  }
};

interface Opening extends ProcessOptions {
  readonly processName: string;
  readonly instance: string;
  readonly config: ConfigStore;
  readonly shipper: ReturnType<typeof createLogShipper>;
  readonly stopList: ReturnType<typeof createStopList>;
}

const open = async (opening: Opening): Promise<RunningProcess> => {
  const { services, environment, dataDir, processName, instance, config, shipper, stopList } = opening;
  const server = config.get(serverSection);
  const host = environment['ASSISTANT_HTTP_HOST'] ?? server.host;
  assertSafeAddress(host, server.api_keys, server.behind_edge);
  const level = config.get(telemetrySection).log_level;
  const loggerOf = (service: string): Logger => createLogger({ service, instance, level, sinks: [shipper.sink] });
  const log = loggerOf(processName);

  collectProcessMetrics();
  metrics.configVersion.set(1);
  stopList.add('memory watch', watchMemory());
  const { otlp_endpoint: endpoint } = config.get(telemetrySection);
  stopList.add('traces', startTracing({ service: processName, version: VERSION, ...(endpoint === undefined ? {} : { endpoint }) }));

  const bus = await openBus(opening, log);
  stopList.add('bus', () => bus.close());
  shipper.connect(bus);

  const running = new Map<string, RunningService>();
  let draining = false;
  let started = false;
  const http = createHttpServer({
    host,
    port: Number(environment['ASSISTANT_HTTP_PORT'] ?? 8080),
    trustedProxies: server.trusted_proxies,
    log,
    access: requireAccess({ keys: () => config.get(serverSection).api_keys, behindEdge: () => config.get(serverSection).behind_edge }),
    draining: () => draining,
    ready: () => started && !draining && bus.status.connected,
    health: () => {
      const body = healthReport(VERSION, running, bus);
      return { status: body.status === 'down' ? 503 : 200, body };
    },
  });
  stopList.add('http', () => http.close());

  for (const service of services) {
    const context: ServiceContext = {
      config,
      log: loggerOf(service.name),
      bus,
      version: VERSION,
      instance,
      dataDir,
      onStop: (name, close) => stopList.add(`${service.name}: ${name}`, close),
      get draining() {
        return draining;
      },
    };
    const value = await service.start(context);
    running.set(service.name, value);
    if (value.routes !== undefined) http.mount(value.routes);
  }

  const grpcServices = [...running.values()].flatMap(({ grpc }) => grpc ?? []);
  const grpc = grpcServices.length === 0 ? undefined : await hostGrpc(grpcServices, host, Number(environment['ASSISTANT_GRPC_PORT'] ?? 50051));
  if (grpc !== undefined) stopList.add('grpc', () => grpc.close());
  await http.listen();
  stopList.add('heartbeat', startHeartbeat(bus, instance, VERSION, running));
  started = true;
  log.info(`${processName} is ready on http://${host}:${http.port}`, { services: [...running.keys()], nats: bus.status.serverVersion, config: config.version });

  let stopped: Promise<void> | undefined;
  return {
    httpPort: http.port,
    grpcPort: grpc?.port,
    bus,
    stop: (reason) => {
      stopped ??= (async () => {
        log.info('draining', { reason });
        draining = true;
        await new Promise((resolve) => setTimeout(resolve, config.get(serverSection).drain_delay_ms));
        grpc?.drain();
        await drainServices(http, running, log);
        log.info('drained');
        await stopList.run();
      })();
      return stopped;
    },
  };
};

const openBus = ({ environment, processName, instance, config }: Opening, log: Logger): Promise<Bus> => {
  const { store, lease_ttl_ms: leaseTtlMs } = config.get(turnsSection);
  return connectBus({
    url: environment['NATS_URL'] ?? 'nats://127.0.0.1:4222',
    name: `${processName} ${instance}`,
    log,
    leaseTtlMs,
    compareAndSet: !mutated('cas'),
    limits: {
      inboundBytes: store.inbound_bytes,
      turnsBytes: store.turns_bytes,
      sentBytes: store.sent_bytes,
      deadBytes: store.dead_bytes,
      replicas: store.replicas,
      turnsHours: store.turns_hours,
    },
  });
};

const drainServices = async (http: HttpServer, running: ReadonlyMap<string, RunningService>, log: Logger): Promise<void> => {
  http.stopListening();
  const deadline = AbortSignal.timeout(DRAIN_MS);
  await Promise.all(
    [...running].map(async ([name, service]) => {
      try {
        await service.drain?.(deadline);
      } catch (error) {
        log.warn('a service did not drain cleanly', { drained: name, error });
      }
    }),
  );
};
