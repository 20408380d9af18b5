/** A message that starts with a slash and a name. */
export interface ParsedCommand {
  /** In lower case, without the slash and the bot's name. */
  readonly name: string;
  /** What follows the name, trimmed. */
  readonly args: string;
}

/** `/name`, `/name@bot`, and the full-width slash and at sign that Chinese keyboards write. */
const SHAPE = /^[/／]([\p{L}\p{N}_-]{1,40})(?:[@＠][\w.-]{1,64})?(?:[\s\u3000]+([\s\S]*))?$/u;

/** Undefined for everything that is not shaped like a command, a path such as `/etc/hosts` among it. */
export const parseCommand = (text: string): ParsedCommand | undefined => {
  const [, name, args] = SHAPE.exec(text.trim()) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), args: (args ?? '').trim() };
};
