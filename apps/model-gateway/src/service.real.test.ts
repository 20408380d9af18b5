import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type RunningProcess } from '@assistant/service';
import { startFakeOpenAi, startNats, type FakeOpenAi, type NatsServer } from '@assistant/testing';
import { request } from 'undici';
import { modelGateway } from './index';
import { openClient } from './testing/start-gateway';

let fake: FakeOpenAi;
let nats: NatsServer;
let folder: string;
let processes: readonly RunningProcess[];

const yaml = (models: string): string =>
  `server: { drain_delay_ms: 0 }\nmodel_providers:\n  default: glm\n  providers:\n    - { name: glm, api_base: "${fake.baseUrl}", api_key: a-test-key, models: [${models}] }\n    - { name: deepseek }\n`;

const start = async (name: string): Promise<RunningProcess> => {
  const dataDir = mkdtempSync(join(folder, name));
  const running = await startProcess({
    services: [modelGateway],
    environment: { NATS_URL: nats.url, ASSISTANT_HTTP_PORT: '0', ASSISTANT_GRPC_PORT: '0', ASSISTANT_CONFIG: join(folder, 'config.yaml') },
    dataDir,
  });
  if (running === undefined) throw new Error('the process only checked its configuration');
  return running;
};

beforeAll(async () => {
  [fake, nats] = await Promise.all([startFakeOpenAi(), startNats()]);
  folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  writeFileSync(join(folder, 'config.yaml'), yaml('m, n'));
  processes = await Promise.all([start('one-'), start('two-')]);
});
afterAll(async () => {
  await Promise.all(processes.map((running) => running.stop('test')));
  await Promise.all([fake.close(), nats.stop()]);
  rmSync(folder, { recursive: true });
});

const get = async (port: number, path: string) => {
  const response = await request(`http://127.0.0.1:${port}${path}`);
  return { status: response.statusCode, text: await response.body.text() };
};

const modelOf = async ({ httpPort }: RunningProcess): Promise<string> => {
  const response = await request(`http://127.0.0.1:${httpPort}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'x' }] }),
  });
  return /"model":"(\w+)"/.exec(await response.body.text())?.[1] ?? `status ${response.statusCode}`;
};

const eventually = async (check: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('the process is healthy, serves both dialects and counts', async () => {
  const [one] = processes;
  if (one === undefined) throw new Error('no process');
  expect(await modelOf(one)).toBe('m');
  const health: { readonly services: Readonly<Record<string, unknown>> } = JSON.parse((await get(one.httpPort, '/health')).text);
  expect(health.services['model-gateway']).toEqual({ status: 'ok', detail: '' });
  const metrics = (await get(one.httpPort, '/metrics')).text;
  expect(metrics).toMatch(/assistant_gateway_requests_total\{dialect="openai-chat",outcome="ok"\} \d/);
  expect(metrics).toMatch(/gen_ai_client_operation_duration_seconds_count\{[^}]*gen_ai_provider_name="zhipu_ai",gen_ai_request_model="m"[^}]*\} \d/);
});

test('SwitchModel on one replica changes the default of all, also of one that starts later', async () => {
  const [one, two] = processes;
  if (one?.grpcPort === undefined || two === undefined) throw new Error('no process');
  const client = openClient(`127.0.0.1:${one.grpcPort}`);
  const switchTo = (model: string) =>
    new Promise((resolve, reject) => client.SwitchModel({ model }, (error, response) => (error === null ? resolve(response) : reject(error))));
  expect(await switchTo('glm/n')).toEqual({ previous: 'glm/m', current: 'glm/n' });
  await eventually(async () => (await modelOf(two)) === 'n');
  const three = await start('three-');
  expect(await modelOf(three)).toBe('n');
  await three.stop('test');
  await switchTo('');
  await eventually(async () => (await modelOf(two)) === 'm');
  client.close();
});

test('a change of the file reaches every replica', async () => {
  writeFileSync(join(folder, 'config.yaml'), yaml('n, m'));
  for (const running of processes) await eventually(async () => (await modelOf(running)) === 'n');
});
