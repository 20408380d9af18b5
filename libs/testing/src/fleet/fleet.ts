import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../process/free-port';
import { ServiceProcess } from '../process/service-process';
import { builtBundle, drillBundle, type ServiceName } from './bundles';

export interface FleetOptions {
  readonly root: string;
  readonly natsUrl: string;
  /** Replicas of each service. */
  readonly replicas: Readonly<Partial<Record<ServiceName, number>>>;
  /** The configuration, laid over the defaults. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Core and the adapters are built so that a drill can break them. */
  readonly drill: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (member: string, line: string) => void;
}

export interface Member {
  readonly service: ServiceName;
  readonly name: string;
  readonly httpPort: number;
  readonly grpcPort: number;
  process: ServiceProcess;
  /** How often it died without being asked to. */
  crashes: number;
}

export interface Fleet {
  readonly members: readonly Member[];
  of(service: ServiceName): readonly Member[];
  /** Kills a member and starts it again at once; `env` adds to its environment. */
  killAndRestart(member: Member, env?: Readonly<Record<string, string>>): Promise<void>;
  /** Resolves when every member says that it is ready. */
  ready(limitMs: number): Promise<void>;
  /** Asks all to end; returns the exit codes by name. */
  stop(): Promise<Readonly<Record<string, number | null>>>;
}

const DRILLED: ReadonlySet<ServiceName> = new Set(['core', 'adapter-telegram']);

/** Starts services as separate processes with ports and data folders of their own. Whoever dies is started again. */
export const startFleet = async (options: FleetOptions): Promise<Fleet> => {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  const wanted = Object.entries(options.replicas).flatMap(([name, count]) =>
    isService(name) ? Array.from({ length: count }, (_, index) => ({ service: name, name: `${name}-${index + 1}` })) : [],
  );
  const placed: Omit<Member, 'process' | 'crashes'>[] = [];
  for (const one of wanted) placed.push({ ...one, httpPort: await freePort(), grpcPort: await freePort() });
  const addresses = (service: ServiceName): string =>
    `ipv4:${placed
      .filter((one) => one.service === service)
      .map(({ grpcPort }) => `127.0.0.1:${grpcPort}`)
      .join(',')}`;
  const config = { services: { model_gateway: addresses('model-gateway'), toolbox: addresses('toolbox') }, ...options.config };
  const configFile = join(folder, 'config.yaml');
  // JSON is YAML.
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  const bundles = new Map<ServiceName, string>();
  for (const { service } of placed) {
    if (!bundles.has(service))
      bundles.set(service, options.drill && DRILLED.has(service) ? await drillBundle(options.root, service) : builtBundle(options.root, service));
  }
  let stopping = false;

  const launch = (member: Omit<Member, 'process' | 'crashes'>, onExit: () => void, env: Readonly<Record<string, string>> = {}): ServiceProcess => {
    const dataDir = join(folder, member.name);
    mkdirSync(dataDir, { recursive: true });
    return new ServiceProcess({
      name: member.name,
      command: process.execPath,
      args: [bundles.get(member.service) ?? ''],
      cwd: options.root,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: join(options.root, '.cache/compile'),
        NATS_URL: options.natsUrl,
        ASSISTANT_CONFIG: configFile,
        ASSISTANT_DATA_DIR: dataDir,
        ASSISTANT_INSTANCE: member.name,
        ASSISTANT_HTTP_PORT: String(member.httpPort),
        ASSISTANT_GRPC_PORT: String(member.grpcPort),
        ...options.env,
        ...env,
      },
      onLine: (line) => options.onLine?.(member.name, line),
      onExit,
    });
  };
  const members: Member[] = placed.map((one) => {
    const member: Member = { ...one, crashes: 0, process: launch(one, () => revive(member)) };
    return member;
  });
  const expected = new WeakSet<Member>();
  const revive = (member: Member): void => {
    if (stopping || expected.has(member)) return;
    member.crashes++;
    member.process = launch(member, () => revive(member));
  };

  return {
    members,
    of: (service) => members.filter((member) => member.service === service),
    killAndRestart: async (member, env) => {
      expected.add(member);
      await member.process.kill9();
      expected.delete(member);
      member.process = launch(member, () => revive(member), env);
    },
    ready: async (limitMs) => {
      const deadline = Date.now() + limitMs;
      for (const member of members) {
        while (!(await isReady(member))) {
          if (Date.now() > deadline) throw new Error(`${member.name} is not ready after ${limitMs} ms:\n${member.process.lastLines.slice(-10).join('\n')}`);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
    stop: async () => {
      stopping = true;
      const codes = await Promise.all(members.map(async ({ name, process: child }) => [name, await child.terminate()] as const));
      rmSync(folder, { recursive: true, force: true });
      return Object.fromEntries(codes);
    },
  };
};

const isService = (name: string): name is ServiceName =>
  name === 'core' || name === 'model-gateway' || name === 'toolbox' || name === 'adapter-telegram' || name === 'standalone';

const isReady = async ({ httpPort }: Member): Promise<boolean> => {
  try {
    const response = await fetch(`http://127.0.0.1:${httpPort}/ready`, { signal: AbortSignal.timeout(1000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};
