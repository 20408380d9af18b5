import type { ToolDescriptor, ToolRisk } from '@assistant/contracts';
import { callerRole, decide, type CallerRole } from './gate';

const tool = (risk: ToolRisk, name = 'tool'): ToolDescriptor => ({
  name,
  title: { en: name, zh: name },
  description: '',
  inputSchema: '{}',
  risk,
  effects: 'none',
  retrySafe: true,
  readsPrivate: false,
  ingestsUntrusted: false,
  timeoutMs: 1000,
});

describe('the gate', () => {
  // Written out once more on purpose: the table is the policy, and this is what was agreed.
  it.each<[CallerRole, ToolRisk, boolean]>([
    ['direct-user', 'read', true],
    ['direct-user', 'network', true],
    ['direct-user', 'write', true],
    ['direct-user', 'execute', false],
    ['direct-user', 'message-others', false],
    ['direct-user', 'admin', false],
    ['group-member', 'read', true],
    ['group-member', 'network', true],
    ['group-member', 'write', false],
    ['group-member', 'execute', false],
    ['group-member', 'message-others', false],
    ['group-member', 'admin', false],
  ])('for a %s, a tool of risk %s: %s', (role, risk, allow) => {
    const decision = decide({ role, tool: tool(risk), allowed: 'all', callsLeft: 1 });
    expect(decision.allow).toBe(allow);
    if (!decision.allow) expect(decision).toMatchObject({ reason: 'role', messageForModel: expect.stringContaining('tool') });
  });

  it('lets an agent use the tools of its list alone', () => {
    expect(decide({ role: 'direct-user', tool: tool('read', 'a'), allowed: ['a'], callsLeft: 1 })).toEqual({ allow: true });
    expect(decide({ role: 'direct-user', tool: tool('read', 'b'), allowed: ['a'], callsLeft: 1 })).toMatchObject({ allow: false, reason: 'agent' });
    expect(decide({ role: 'direct-user', tool: tool('read', 'b'), allowed: [], callsLeft: 1 })).toMatchObject({ allow: false, reason: 'agent' });
  });

  it('does not let a list widen what the caller may do', () => {
    expect(decide({ role: 'group-member', tool: tool('write', 'a'), allowed: ['a'], callsLeft: 1 })).toMatchObject({ allow: false, reason: 'role' });
  });

  it('closes when the calls of the turn are used up', () => {
    expect(decide({ role: 'direct-user', tool: tool('read'), allowed: 'all', callsLeft: 0 })).toMatchObject({ allow: false, reason: 'budget' });
  });

  it.each(['group', 'channel'] as const)('takes everybody in a %s for a member', (kind) => {
    expect(callerRole(kind)).toBe('group-member');
    expect(callerRole('direct')).toBe('direct-user');
  });
});
