import { startFakeOpenAi, type FakeOpenAi } from '@assistant/testing';
import { createLogger } from '@assistant/telemetry';
import { request } from 'undici';
import { startGateway } from './testing/start-gateway';

const ask = async (baseUrl: string, stream: boolean, content = 'a b c'): Promise<string> => {
  const response = await request(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content }], ...(stream ? { stream } : {}) }),
  });
  const text = await response.body.text();
  if (response.statusCode !== 200) return `status ${response.statusCode}: ${text}`;
  return !stream || text.endsWith('data: [DONE]\n\n') ? 'ok' : `broken: ${text.slice(-300)}`;
};

const settings = (fake: FakeOpenAi, round: number) => ({
  default: round % 2 === 0 ? 'a' : 'b/n',
  providers: [
    { name: 'a', api_base: fake.baseUrl, api_key: `key-of-round-${round}`, models: ['m'] },
    { name: 'b', api_base: fake.baseUrl, api_key: 'a-steady-key', models: ['m', 'n'] },
  ],
});

test('providers, keys and the default change under load without a failed request', async () => {
  const fake = await startFakeOpenAi();
  const gateway = await startGateway(settings(fake, 0));
  const outcomes: string[] = [];
  let changing = true;
  const caller = async (stream: boolean): Promise<void> => {
    while (changing) outcomes.push(await ask(gateway.baseUrl, stream));
  };
  const callers = [false, true, false, true, true, false, true, false].map(caller);
  for (let round = 1; round <= 30; round++) {
    gateway.configure(settings(fake, round));
    if (round % 3 === 0) gateway.registry.choose(round % 2 === 0 ? 'b/m' : undefined);
    await ask(gateway.baseUrl, false);
  }
  changing = false;
  await Promise.all(callers);
  expect(outcomes.filter((outcome) => outcome !== 'ok')).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(30);
  const keys = new Set(fake.requests.map(({ headers }) => headers['authorization']));
  expect(keys.size).toBeGreaterThan(5);
  await gateway.close();
  await fake.close();
});

test('a stream that runs when its provider is taken away ends well', async () => {
  const fake = await startFakeOpenAi();
  const gateway = await startGateway(settings(fake, 0));
  fake.queue({ kind: 'answer', said: { type: 'text', text: 'a b c d e f' }, manner: { gapMs: 50 } });
  const running = ask(gateway.baseUrl, true);
  await fake.request(0);
  gateway.configure({ providers: [] });
  expect(gateway.registry.current.providers).toEqual(['demo']);
  expect(await running).toBe('ok');
  await gateway.close();
  await fake.close();
});

test('a configuration that cannot be used changes nothing', async () => {
  const fake = await startFakeOpenAi();
  const gateway = await startGateway(settings(fake, 0));
  const [, first] = settings(fake, 0).providers;
  expect(() => gateway.configure({ providers: [{ ...first, proxy: 'ftp://no-proxy' }] })).toThrow();
  expect(gateway.registry.current.providers).toEqual(['a', 'b', 'demo']);
  expect(await ask(gateway.baseUrl, false)).toBe('ok');
  await gateway.close();
  await fake.close();
});

test('a provider without its key is skipped with one line that names the variable, and the demo answers', async () => {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', instance: 'test', level: 'info', print: (line) => void lines.push(line) });
  const without = { default: 'glm', providers: [{ name: 'glm' }] };
  const gateway = await startGateway(without, { log });
  expect(lines.filter((line) => line.includes('GLM_API_KEY'))).toHaveLength(1);
  expect(gateway.registry.note).toContain('GLM_API_KEY');
  expect(gateway.registry.current.defaultTarget.id).toBe('demo/demo');
  gateway.configure({ ...without, providers: [{ name: 'glm', weight: 2 }] });
  expect(lines.filter((line) => line.includes('GLM_API_KEY'))).toHaveLength(1);
  await gateway.close();

  const keyed = await startGateway(without, { environment: { GLM_API_KEY: 'now-it-is-here' } });
  expect([keyed.registry.note, keyed.registry.current.defaultTarget.id]).toEqual(['', 'glm/glm-4.6']);
  await keyed.close();
});
