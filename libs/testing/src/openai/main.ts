import { parseArgs } from 'node:util';
import { startFakeOpenAi } from './server';
import { echoing } from './script';

const HELP = `A fake OpenAI-compatible server. It answers "echo: <last user message>".
  --port 8800        port, 0 = any
  --host 127.0.0.1   address
  --key <key>        accepted bearer key (repeatable); anybody without
  --instant          no checks, no records: as fast as it gets
  --delay-ms 0       before the status line
  --first-ms 0       before the first event
  --gap-ms 0         between two events
A last user message "fault:<name>" asks for a fault, "call:<tool> {…}" for a tool call.
`;

const number = (text: string | undefined): number => (text === undefined ? 0 : Number(text));

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '8800' },
      host: { type: 'string', default: '127.0.0.1' },
      key: { type: 'string', multiple: true },
      instant: { type: 'boolean', default: false },
      'delay-ms': { type: 'string' },
      'first-ms': { type: 'string' },
      'gap-ms': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const fake = await startFakeOpenAi({
    port: Number(values.port),
    host: values.host,
    instant: values.instant,
    ...(values.key === undefined ? {} : { keys: values.key }),
    script: echoing({ delayMs: number(values['delay-ms']), firstMs: number(values['first-ms']), gapMs: number(values['gap-ms']) }),
  });
  process.stdout.write(`${JSON.stringify({ port: fake.port, baseUrl: fake.baseUrl })}\n`);
  const stop = (): void => void fake.close().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

void main();
