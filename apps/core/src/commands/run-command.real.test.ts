import { readdirSync } from 'node:fs';
import type { InboundEvent } from '@assistant/contracts';
import { answers, startGateway, startToolbox, type ScriptedGateway, type ScriptedToolbox } from '../agent/testing/scripted-services';
import { depsFor, inbound, turnFor } from '../agent/testing/turn';
import { remember } from '../agent/tokens';
import type { Outcome, Turn } from '../turn/types';
import { COMMANDS } from './catalogue';
import { isStopCommand, runCommand } from './run-command';

const HAN = /\p{Script=Han}/u;
const textOf = ({ replies }: Outcome): string => replies.flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : ''))).join('\n');

const MODELS = [
  { id: 'glm/glm-4.6', provider: 'glm', model: 'glm-4.6', kind: 'openai', isDefault: true, contextTokens: 0, tools: true, vision: false },
  { id: 'demo/one', provider: 'demo', model: 'one', kind: 'demo', isDefault: false, contextTokens: 0, tools: true, vision: false },
];

describe('chat commands', () => {
  let gateway: ScriptedGateway;
  let toolbox: ScriptedToolbox;
  let deps: ReturnType<typeof depsFor>;
  beforeAll(async () => {
    gateway = await startGateway([], MODELS);
    toolbox = await startToolbox({
      add: { run: answers('2') },
      note: { facts: { risk: 'write' }, run: answers('ok') },
      mail: { facts: { risk: 'message-others' }, run: answers('ok') },
    });
    deps = depsFor({ gateway: gateway.address, toolbox: toolbox.address }, { agents: { default: { model: 'glm' } } });
  });
  afterAll(() => {
    deps.close();
    gateway.stop();
    toolbox.stop();
  });

  const run = async (text: string, overrides: Partial<Turn> & { readonly kind?: 'direct' | 'group' } = {}): Promise<Outcome> => {
    const outcome = await runCommand(turnFor(inbound(text, { kind: overrides.kind ?? 'direct' }), overrides), deps);
    if (outcome === undefined) throw new Error(`${text} is no command`);
    expect(outcome.history).toEqual([]);
    return outcome;
  };

  it('are one file each, and every file is in the catalogue', () => {
    const files = readdirSync(__dirname).flatMap((file) => /^([a-z]+)\.ts$/.exec(file)?.[1] ?? []);
    const rooms = ['catalogue', 'command', 'parse'];
    expect(files.filter((file) => !rooms.includes(file)).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it('have names and aliases that no other command has, one of them Chinese', () => {
    const names = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, aliases, summary } of COMMANDS) {
      expect([name, aliases.some((alias) => HAN.test(alias))]).toEqual([name, true]);
      expect(summary.zh).toMatch(HAN);
    }
  });

  it.each(COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]))('/%s answers in both languages', async (name) => {
    for (const slash of ['/', '／']) expect(await run(`${slash}${name}`)).toMatchObject({ status: 'answered' });
    expect(textOf(await run(`/${name}`, { language: 'zh' }))).toMatch(HAN);
    expect(textOf(await run(`/${name}`, { language: 'en' })).replace(/`[^`]*`/g, '')).not.toMatch(HAN);
  });

  it('are left to the agent when nobody knows them', () => {
    expect(runCommand(turnFor(inbound('/weather Paris')), deps)).toBeUndefined();
    expect(runCommand(turnFor(inbound('hello')), deps)).toBeUndefined();
  });

  it('/help lists every command', async () => {
    const text = textOf(await run('/help'));
    for (const { name } of COMMANDS) expect(text).toContain(`/${name}`);
  });

  it.each(['/new', '/reset', '/重置'])('%s forgets the conversation', async (text) => {
    expect((await run(text)).session).toEqual({ startOver: true });
  });

  it('/model shows the model in use and the others', async () => {
    const text = textOf(await run('/model'));
    expect(text).toMatch(/`glm\/glm-4\.6`\n/);
    expect(text).toContain('demo/one');
    expect(textOf(await run('/model', { session: { window: 0, model: 'demo/one' } }))).toMatch(/^Model of this conversation: `demo\/one`/);
  });

  it.each([
    ['/model demo/one', 'demo/one'],
    ['/model DEMO', 'demo/one'],
    ['/模型 glm-4.6', 'glm/glm-4.6'],
  ])('%s switches this conversation', async (text, model) => {
    expect((await run(text)).session).toEqual({ model });
  });

  it('/model default goes back', async () => {
    const outcome = await run('/model default', { session: { window: 0, model: 'demo/one' } });
    expect(outcome.session).toHaveProperty('model', undefined);
    expect(textOf(outcome)).toContain('glm/glm-4.6');
  });

  it('/model refuses a model that the gateway does not have, and changes nothing', async () => {
    const outcome = await run('/model gpt`7');
    expect(outcome.session).toBeUndefined();
    expect(textOf(outcome)).toMatch(/no model `gpt 7`[\s\S]*demo\/one/);
  });

  it('/model tells who failed when the gateway is down', async () => {
    const lonely = depsFor({ gateway: '127.0.0.1:1', toolbox: toolbox.address });
    const outcome = await runCommand(turnFor(inbound('/model'), { language: 'zh' }), lonely);
    lonely.close();
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'gateway_unavailable' } });
    expect(outcome && textOf(outcome)).toContain('模型网关');
  });

  it('/lang remembers the language and says so in it', async () => {
    const outcome = await run('/lang 中文');
    expect(outcome.session).toEqual({ language: 'zh-CN' });
    expect(textOf(outcome)).toMatch(HAN);
    expect((await run('/lang en', { language: 'zh' })).session).toEqual({ language: 'en' });
    expect((await run('/lang fr')).session).toBeUndefined();
    expect((await run('/lang constructor')).session).toBeUndefined();
  });

  it('/status counts what is remembered and names the trace', async () => {
    const history = [
      remember({ role: 'user', parts: [{ type: 'text', text: 'abcd' }] }, 1),
      remember({ role: 'assistant', parts: [{ type: 'text', text: 'abcd' }] }, 1),
    ];
    const turn = turnFor(inbound('/status'), { history });
    const outcome = await runCommand(turn, deps);
    expect(outcome && textOf(outcome)).toMatch(/1\.2\.3[\s\S]*glm[\s\S]*: 1\n[\s\S]*: 10 \/ 24000/);
    expect(outcome && textOf(outcome)).toContain(turn.span.traceId);
  });

  it('/tools shows what the gate lets through, which in a group is less', async () => {
    expect(textOf(await run('/tools'))).toMatch(/add[\s\S]*note/);
    expect(textOf(await run('/tools'))).not.toContain('mail');
    expect(textOf(await run('/tools', { kind: 'group' }))).not.toContain('note');
  });

  it('/whoami names the person and the role', async () => {
    expect(textOf(await run('/whoami'))).toMatch(/`42`[\s\S]*Ann[\s\S]*direct/);
    expect(textOf(await run('/whoami', { kind: 'group' }))).toContain('member of a group');
  });

  it.each<[InboundEvent, boolean]>([
    [inbound('/stop'), true],
    [inbound('／停止'), true],
    [inbound('/stop@my_bot'), true],
    [inbound('/取消'), true],
    [inbound('stop'), false],
    [inbound('/status'), false],
    [{ ...inbound(''), type: 'interaction', interaction: { id: '1', value: '/stop' } }, true],
  ])('know a wish to stop', (event, expected) => {
    expect(isStopCommand(event)).toBe(expected);
  });
});
