import { z } from 'zod';
import { createLogger, metrics } from '@assistant/telemetry';
import { codeOf, settingsWith, startToolbox, type RunningToolbox } from './testing/toolbox-server';
import { TOOLS } from './tools/catalogue';
import { defineTool, type Tool } from './tools/tool';

const caller = { tenant: 'default', platform: 'web', account: '', conversation: 'c', userId: 'u', language: 'en', timeZone: '' };

/** A tool whose behaviour a test holds in its hand. */
const handTool = (name: string, run: Parameters<typeof defineTool<{ text: string }>>[0]['run'], timeoutMs = 10_000): Tool =>
  defineTool({
    name,
    title: { en: name, zh: name },
    description: name,
    input: z.strictObject({ text: z.string().default('') }),
    risk: 'read',
    effects: 'none',
    retrySafe: true,
    readsPrivate: false,
    ingestsUntrusted: false,
    timeoutMs,
    run,
  });

const never = () => new Promise<string>(() => undefined);

describe('the toolbox over gRPC', () => {
  let toolbox: RunningToolbox;
  const open = async (...options: Parameters<typeof startToolbox>) => (toolbox = await startToolbox(...options));
  afterEach(async () => toolbox.stop());

  const result = async (tool: string, input: unknown, key = 'turn-0-0') =>
    (await toolbox.invoke({ tool, arguments: JSON.stringify(input), idempotencyKey: key, caller })).at(-1)?.result;

  it('lists every tool with a JSON Schema and both titles', async () => {
    await open();
    const tools = await new Promise<readonly { name: string; inputSchema: string; risk: string; title: { zh: string } | null }[]>((resolve, reject) =>
      toolbox.client.ListTools({}, (error, response) => (error ? reject(error) : resolve(response?.tools ?? []))),
    );
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ descriptor }) => descriptor.name));
    for (const tool of tools) {
      expect(JSON.parse(tool.inputSchema)).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.title?.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('calculates', async () => {
    await open();
    expect(await result('calculate', { expression: '2^100' })).toMatchObject({ ok: true, content: '1267650600228229401496703205376', truncated: false });
  });

  it('ends a calculation that hangs, and calculates on', async () => {
    await open();
    const hanging = await result('calculate', {
      expression: 'f(x) = x < 2 ? 1 : f(x-1) + f(x-2); f(60)',
    });
    expect(hanging).toMatchObject({ ok: false, error: { code: 'tool_timeout' } });
    expect(await result('calculate', { expression: '1+1' })).toMatchObject({ ok: true, content: '2' });
  });

  it('ends a calculation that eats memory, and calculates on', async () => {
    await open();
    const eating = await result('calculate', { expression: 'ones(20000, 20000)' });
    expect(eating).toMatchObject({ ok: false });
    expect(await result('calculate', { expression: '1+1' })).toMatchObject({ ok: true, content: '2' });
  });

  it('ends a call at the deadline of its caller, whatever the tool does', async () => {
    let signal: AbortSignal | undefined;
    await open({ tools: [handTool('hang', (_input, context) => ((signal = context.signal), never()))] });
    const error = await toolbox.invoke({ tool: 'hang', arguments: '{}', idempotencyKey: 'k', caller }, { deadlineMs: 200 }).catch((reason: unknown) => reason);
    expect(codeOf(error)).toBe('DEADLINE_EXCEEDED');
    if (signal?.aborted === false) await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(toolbox.limit.running).toBe(0);
  });

  it('ends a call at its own time limit with a result that says so', async () => {
    await open({ tools: [handTool('hang', never, 100)] });
    expect(await result('hang', {})).toMatchObject({ ok: false, error: { code: 'tool_timeout', retryable: true } });
    expect(toolbox.limit.running).toBe(0);
  });

  it('aborts the tool when its caller cancels', async () => {
    const cancelled = new AbortController();
    let aborted: (() => void) | undefined;
    const seen = new Promise<void>((resolve) => (aborted = resolve));
    await open({
      tools: [
        handTool('hang', (_input, { signal, progress }) => {
          signal.addEventListener('abort', () => aborted?.());
          progress('begun');
          return never();
        }),
      ],
    });
    const call = toolbox.invoke({ tool: 'hang', arguments: '{}', idempotencyKey: 'k', caller }, { signal: cancelled.signal, onEvent: () => cancelled.abort() });
    expect(codeOf(await call.catch((reason: unknown) => reason))).toBe('CANCELLED');
    await seen;
  });

  it('sends progress before the one result', async () => {
    await open({
      tools: [
        handTool('steps', async ({ text }, { progress }) => {
          progress('half');
          return text;
        }),
      ],
    });
    const events = await toolbox.invoke({ tool: 'steps', arguments: '{"text":"done"}', idempotencyKey: 'k', caller });
    expect(events.map(({ event }) => event)).toEqual(['progress', 'result']);
    expect(events[0]?.progress?.message).toBe('half');
    expect(events[1]?.result?.content).toBe('done');
  });

  it.each([
    ['an unknown tool', 'nothing', '{}', 'not_found', /no tool named "nothing"/],
    ['broken JSON', 'echo', '{"text"', 'tool_invalid_arguments', /not valid JSON/],
    ['a wrong type', 'echo', '{"text":1}', 'tool_invalid_arguments', /^text: /],
    ['an unknown field', 'echo', '{"txt":"a"}', 'tool_invalid_arguments', /txt/],
  ])('answers %s with a result the model can mend', async (_what, tool, text, code, message) => {
    await open({ tools: [handTool('echo', async ({ text: echo }) => echo)] });
    const [event] = await toolbox.invoke({ tool, arguments: text, idempotencyKey: 'k', caller });
    expect(event?.result).toMatchObject({ ok: false, error: { code } });
    expect(event?.result?.error?.message).toMatch(message);
  });

  it('keeps the details of a defect in a tool to itself', async () => {
    await open({ tools: [handTool('broken', async () => Promise.reject(new TypeError('cannot read secret of undefined')))] });
    const failed = await result('broken', {});
    expect(failed).toMatchObject({ ok: false, error: { code: 'tool_failed', message: 'broken failed.' } });
    expect(JSON.stringify(failed)).not.toContain('secret');
  });

  it('trims a long result and says so', async () => {
    await open({ tools: [handTool('long', async () => '长'.repeat(20_000))] });
    const long = await result('long', {});
    expect(long).toMatchObject({ ok: true, truncated: true });
    expect(Buffer.byteLength(long?.content ?? '')).toBeLessThanOrEqual(16 * 1024);
    expect(long?.content).toMatch(/\[cut here: \d+ of 60000 bytes/);
  });

  it('refuses what is beyond its limits and counts back when calls end', async () => {
    let release: ((text: string) => void) | undefined;
    let begun: (() => void) | undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    await open({
      settings: settingsWith({ max_concurrent_per_caller: 1 }),
      tools: [handTool('wait', () => new Promise((resolve) => ((release = resolve), begun?.())))],
    });
    const first = result('wait', {});
    await running;
    expect(await result('wait', {})).toMatchObject({ ok: false, error: { code: 'overloaded', retryable: true } });
    release?.('done');
    expect(await first).toMatchObject({ ok: true, content: 'done' });
    expect(toolbox.limit.running).toBe(0);
  });

  it('logs a failed call under the trace of its caller and counts it', async () => {
    const lines: string[] = [];
    const log = createLogger({ service: 'toolbox', instance: 'test', level: 'info', print: (line) => lines.push(line) });
    await open({ log });
    const before = (await metrics.toolCalls.get()).values.find(({ labels }) => labels.tool === 'unknown' && labels.outcome === 'not_found')?.value ?? 0;
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await toolbox.invoke({ tool: 'x'.repeat(50), arguments: '{}', idempotencyKey: 'k', caller }, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ hop: 'invoke.run', trace_id: traceId, tool: 'unknown', outcome: 'not_found' }),
    ]);
    expect((await metrics.toolCalls.get()).values.find(({ labels }) => labels.tool === 'unknown' && labels.outcome === 'not_found')?.value).toBe(before + 1);
  });
});
