import type { Command } from './command';
import { helpCommand } from './help';
import { langCommand } from './lang';
import { modelCommand } from './model';
import { newCommand } from './new';
import { statusCommand } from './status';
import { stopCommand } from './stop';
import { toolsCommand } from './tools';
import { whoamiCommand } from './whoami';

/** Every chat command there is, in the order `/help` shows them. */
export const COMMANDS: readonly Command[] = [
  helpCommand(() => COMMANDS),
  newCommand,
  stopCommand,
  modelCommand,
  statusCommand,
  langCommand,
  toolsCommand,
  whoamiCommand,
];

const byName = new Map(COMMANDS.flatMap((command) => [command.name, ...command.aliases].map((name) => [name, command] as const)));

/** The command of this name or alias. */
export const findCommand = (name: string): Command | undefined => byName.get(name);
