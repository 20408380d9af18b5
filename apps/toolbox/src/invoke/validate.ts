import { AssistantError, type ToolDescriptor } from '@assistant/contracts';
import type { Tool, ToolContext } from '../tools/tool';

/** A call whose tool exists and whose arguments are right. */
export interface ValidCall {
  readonly descriptor: ToolDescriptor;
  readonly run: (context: ToolContext) => Promise<string>;
}

const MAX_ARGUMENTS_CHARACTERS = 1_000_000;

/** Throws `not_found` for an unknown tool and `tool_invalid_arguments` naming each wrong field. */
export const validate = (tools: readonly Tool[], name: string, argumentsText: string): ValidCall => {
  const tool = tools.find(({ descriptor }) => descriptor.name === name);
  if (tool === undefined) throw new AssistantError('not_found', `There is no tool named ${JSON.stringify(name.slice(0, 80))}.`);
  if (argumentsText.length > MAX_ARGUMENTS_CHARACTERS)
    throw new AssistantError('tool_invalid_arguments', `The arguments are longer than ${MAX_ARGUMENTS_CHARACTERS} characters.`);
  const checked = tool.check(parse(argumentsText));
  if (!checked.ok) throw new AssistantError('tool_invalid_arguments', checked.message);
  return { descriptor: tool.descriptor, run: checked.run };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AssistantError('tool_invalid_arguments', 'The arguments are not valid JSON.');
  }
};
