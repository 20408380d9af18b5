import { chooseAgent } from './choose';
import { agentsSection, servicesSection } from './config';
import { configOf, inbound } from './testing/turn';

const agents = { support: { model: 'glm' }, sales: { tools: ['calculate'] } };

describe('choosing an agent', () => {
  const routes = [
    { when: { platform: 'wecom', conversation: 'group' }, agent: 'support' },
    { when: { account: 'shop' }, agent: 'sales' },
  ];
  const config = configOf({ agents, routes });

  it.each([
    ['wecom', 'group', 'bot', 'support'],
    ['wecom', 'direct', 'bot', 'default'],
    ['telegram', 'group', 'bot', 'default'],
    ['telegram', 'direct', 'shop', 'sales'],
    ['wecom', 'group', 'shop', 'support'],
  ] as const)('on %s, %s, account %s takes %s', (platform, kind, account, name) => {
    expect(chooseAgent(config, inbound('hi', { platform, kind, account })).name).toBe(name);
  });

  it('refuses a route to an agent that does not exist, and never falls back', () => {
    for (const agent of ['nobody', 'constructor'])
      expect(() => chooseAgent(configOf({ agents, routes: [{ agent }] }), inbound('hi'))).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });
});

describe('the agents section', () => {
  it('always has a default agent, with the documented limits', () => {
    expect(agentsSection.schema.parse(undefined).default).toEqual({
      model: '',
      system: '',
      tools: 'all',
      skills: 'all',
      max_steps: 25,
      max_tool_calls: 50,
      history_tokens: 24_000,
      timeout_ms: 300_000,
    });
    expect(agentsSection.schema.parse({ other: {} })).toHaveProperty('default');
    expect(agentsSection.schema.parse({ default: { model: 'x' } }).default?.model).toBe('x');
  });

  it.each([{ default: { modle: 'x' } }, { default: { max_steps: 0 } }, { 'Bad Name': {} }])('refuses %j', (value) => {
    expect(agentsSection.schema.safeParse(value).success).toBe(false);
  });

  it('names both services', () => {
    expect(servicesSection.schema.parse(undefined)).toEqual({ model_gateway: '127.0.0.1:50051', toolbox: '127.0.0.1:50051' });
  });
});
