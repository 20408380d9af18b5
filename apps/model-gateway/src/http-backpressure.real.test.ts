import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { answering, startFakeOpenAi } from '@assistant/testing';
import { startGateway } from './testing/start-gateway';

const WORDS = `${'x'.repeat(2000)} `.repeat(20_000);

test('a slow HTTP reader stops the reading at the provider and loses nothing', async () => {
  const fake = await startFakeOpenAi({ script: answering(WORDS) });
  const gateway = await startGateway({ default: 'glm', providers: [{ name: 'glm', api_base: fake.baseUrl, api_key: 'a-test-key', models: ['m'] }] });
  const url = new URL(`${gateway.baseUrl}/chat/completions`);
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'x' }], stream: true });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, resolve)
      .on('error', reject)
      .end(body);
  });
  response.pause();
  const upstream = await fake.request(0);
  const state = await Promise.race([upstream.closed.then(() => 'sent'), new Promise((resolve) => setTimeout(() => resolve('held'), 1500))]);
  expect(state).toBe('held');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const said = text
    .split('\n\n')
    .filter((block) => block.startsWith('data: {'))
    .map((block) => /"content":"([^"]*)"/.exec(block)?.[1] ?? '')
    .join('');
  expect(said).toBe(WORDS);
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  await gateway.close();
  await fake.close();
}, 60_000);
