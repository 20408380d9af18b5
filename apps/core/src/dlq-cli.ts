import { connectBus, replayDeadLetter, type Bus, type DeadLetter } from '@assistant/bus';
import { asAssistantError } from '@assistant/contracts';
import { redact, silentLogger } from '@assistant/telemetry';

const USAGE = `Dead letters: messages that were set aside because a repeat could not help.

  npm run dlq -- list [--stage edge|turn|delivery] [--since 24h] [--limit 50]
  npm run dlq -- show <id>
  npm run dlq -- replay <id> [--dry-run]
  npm run dlq -- drop <id> [--dry-run]
`;

interface Arguments {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
}

const parse = (argv: readonly string[]): Arguments => {
  const words: string[] = [];
  const flags: Record<string, string> = {};
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (!word.startsWith('--')) words.push(word);
    else if (word === '--dry-run') flags['dry-run'] = 'true';
    else flags[word.slice(2)] = argv[++index] ?? '';
  }
  return { words, flags };
};

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

const sinceMs = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const [, amount, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (amount === undefined) throw new Error(`--since: ${text} is no duration; write 30m, 24h or 7d`);
  return Date.now() - Number(amount) * (UNIT_MS[unit] ?? 0);
};

const line = (letter: DeadLetter): string =>
  `${String(letter.id).padStart(6)}  ${new Date(letter.at).toISOString()}  ${letter.stage.padEnd(8)}  ${letter.lane.platform.padEnd(10)}  ${letter.attempts}x  ${letter.reason}`;

const print = (text: string): void => void process.stdout.write(`${redact(text)}\n`);

const list = async (bus: Bus, flags: Arguments['flags']): Promise<void> => {
  const since = sinceMs(flags['since']);
  const letters = await bus.dead.list({
    limit: Number(flags['limit'] ?? 50),
    ...(flags['stage'] === undefined ? {} : { stage: flags['stage'] }),
    ...(since === undefined ? {} : { sinceMs: since }),
  });
  letters.forEach((letter) => print(line(letter)));
  print(`${letters.length} shown, ${await bus.dead.count()} in all`);
};

const find = async (bus: Bus, word: string | undefined): Promise<DeadLetter> => {
  const id = Number(word);
  const letter = Number.isInteger(id) && id > 0 ? await bus.dead.get(id) : undefined;
  if (letter === undefined) throw new Error(`there is no dead letter ${word ?? ''}; npm run dlq -- list shows them`);
  return letter;
};

const act = async (bus: Bus, { words: [command, word], flags }: Arguments): Promise<void> => {
  const dry = flags['dry-run'] !== undefined;
  switch (command) {
    case 'list':
      return list(bus, flags);
    case 'show': {
      const letter = await find(bus, word);
      print(
        `${line(letter)}\nconversation ${letter.lane.conversation}, source sequence ${letter.source}, trace ${letter.traceparent}\n${new TextDecoder().decode(letter.data)}`,
      );
      return;
    }
    case 'replay': {
      const letter = await find(bus, word);
      if (dry) return print(`would replay:\n${line(letter)}`);
      const { fresh, into, sequence } = await replayDeadLetter(bus, letter.id);
      return print(fresh ? `replayed into ${into} as ${sequence}` : `was replayed before, as ${sequence} of ${into}; nothing done`);
    }
    case 'drop': {
      const letter = await find(bus, word);
      if (dry) return print(`would drop:\n${line(letter)}`);
      await bus.dead.drop(letter.id);
      return print(`dropped ${letter.id}`);
    }
    default:
      return print(USAGE);
  }
};

/** `npm run dlq`: looks at dead letters and puts them back on the road. Exit code 1 with one sentence on a mistake. */
const main = async (): Promise<void> => {
  let bus: Bus | undefined;
  try {
    bus = await connectBus({ url: process.env['NATS_URL'] ?? 'nats://127.0.0.1:4222', name: 'dlq', log: silentLogger, firstConnectMs: 5000 });
    await act(bus, parse(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${redact(asAssistantError(error).message)}\n`);
    process.exitCode = 1;
  } finally {
    await bus?.close();
  }
};

void main();
