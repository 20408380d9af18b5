import { chooseAgent } from '../agent/choose';
import { callerRole, decide } from '../gate/gate';
import { callOptions, type Command } from './command';

const INTRO = { en: 'The tools I may use here:', zh: '我在这里可以使用的工具：' } as const;
const NONE = { en: 'I may not use any tool here, or the toolbox cannot be reached.', zh: '我在这里没有可用的工具，或工具箱无法连接。' } as const;

/** The same list the model is shown: what the gate lets through. */
export const toolsCommand: Command = {
  name: 'tools',
  aliases: ['工具'],
  summary: { en: 'the tools I may use here', zh: '查看可用工具' },
  run: async (turn, _args, deps) => {
    const { settings } = chooseAgent(deps.config, turn.events[0]);
    const tools = await deps.toolbox.list(callOptions(turn));
    const role = callerRole(turn.to.kind);
    const usable = tools.filter((tool) => decide({ role, tool, allowed: settings.tools, callsLeft: settings.max_tool_calls }).allow);
    if (usable.length === 0) return { text: NONE[turn.language] };
    return { text: [INTRO[turn.language], ...usable.map(({ name, title }) => `- \`${name}\` – ${title[turn.language]}`)].join('\n') };
  },
};
