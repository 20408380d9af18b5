import type { Destination, ToolDescriptor, ToolRisk } from '@assistant/contracts';

/** Who a call is made for. In a group anybody can write, so its members get less than a person alone with the bot. */
export type CallerRole = 'direct-user' | 'group-member';

export const callerRole = (conversation: Destination['kind']): CallerRole => (conversation === 'direct' ? 'direct-user' : 'group-member');

/** What each role may do. What is missing here needs an approval by somebody else, or is not for chat at all. */
export const GRANTS: Readonly<Record<CallerRole, ReadonlySet<ToolRisk>>> = {
  'direct-user': new Set(['read', 'network', 'write']),
  'group-member': new Set(['read', 'network']),
};

export interface GateQuestion {
  readonly role: CallerRole;
  readonly tool: ToolDescriptor;
  /** The agent's own list. */
  readonly allowed: 'all' | readonly string[];
  /** Tool calls this turn may still make. */
  readonly callsLeft: number;
}

/** `agent`: not on the agent's list; `role`: the caller may not do that; `budget`: the turn's calls are used up. */
export type DenialReason = 'agent' | 'role' | 'budget';

export type GateDecision = { readonly allow: true } | { readonly allow: false; readonly reason: DenialReason; readonly messageForModel: string };

const deny = (reason: DenialReason, messageForModel: string): GateDecision => ({ allow: false, reason, messageForModel });

/**
 * The one door of every tool call: asked when the list for the model is built, and again at the call, because a
 * model may name a tool it was never shown.
 */
export const decide = ({ role, tool, allowed, callsLeft }: GateQuestion): GateDecision => {
  if (allowed !== 'all' && !allowed.includes(tool.name)) return deny('agent', `The tool ${tool.name} is not available to this agent. Answer without it.`);
  if (!GRANTS[role].has(tool.risk)) {
    const where = role === 'group-member' ? 'in a group conversation' : 'in this conversation';
    return deny('role', `The tool ${tool.name} (${tool.risk}) may not be used ${where}. Tell the person so; do not try another way.`);
  }
  if (callsLeft <= 0) return deny('budget', 'The tool calls of this turn are used up. Answer with what you have.');
  return { allow: true };
};
