import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDrill, type DrillResult } from './drill';
import { HELP, parseDrillOptions } from './options';
import { duplicateCount } from './witness';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const report = ({ options, verdict, accepted, deliveries, killings, crashes, countedRepeats, seconds, ok }: DrillResult): void => {
  const armed = [...killings.armed].map(([stage, times]) => `${stage} ${times}`).join(', ');
  say(
    `  accepted ${accepted} of ${deliveries} deliveries; killed ${killings.processes} processes, froze ${killings.frozen}, killed nats-server ${killings.nats} times; ${crashes} died at a stage (armed: ${armed || 'none'}); ${seconds.toFixed(0)} s`,
  );
  say(
    `  missing ${verdict.missing.length} · duplicate ${duplicateCount(verdict)}${options.platform === 'none' ? ` (counted as possible: ${countedRepeats})` : ''} · out of order ${verdict.outOfOrder} · strange ${verdict.strange.length}`,
  );
  for (const mark of verdict.missing.slice(0, 5)) say(`    missing ${mark}`);
  for (const text of verdict.strange.slice(0, 5)) say(`    strange ${JSON.stringify(text)}`);
  say(ok ? '  clean' : '  NOT CLEAN');
};

const main = async (): Promise<number> => {
  const runs = parseDrillOptions(process.argv.slice(2));
  if (runs === undefined) {
    say(HELP);
    return 0;
  }
  const root = process.env['REPO_ROOT'] ?? process.cwd();
  const results: DrillResult[] = [];
  for (const options of runs) {
    const result = await runDrill(root, options, say);
    report(result);
    results.push(result);
  }
  mkdirSync(join(root, 'bench-results'), { recursive: true });
  writeFileSync(
    join(root, 'bench-results/drill.json'),
    JSON.stringify(results, (_key, value: unknown): unknown => (value instanceof Map ? Object.fromEntries<unknown>(value) : value), 2),
  );
  return results.every(({ ok }) => ok) ? 0 : 1;
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
