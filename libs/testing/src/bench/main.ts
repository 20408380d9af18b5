import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchEndToEnd } from './e2e-bench';
import { benchGateway } from './gateway-bench';
import { benchIdle } from './idle-bench';
import { playRole } from './roles';
import type { Percentiles } from './statistics';

const HELP = `npm run bench -- [options]
  --only gateway       gateway | e2e | idle: one part of it
  --seconds 12         of each measurement
  --warmup 8           seconds before the first one
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const row = (name: string, ...values: readonly string[]): void => say(`  ${name.padEnd(46)} ${values.join('   ')}`);
const rate = (value: number): string => `${value.toFixed(0)}/s`;
const ms = ({ p50, p99 }: Percentiles): string => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;

const run = async (only: string | undefined, seconds: number, warmup: number): Promise<void> => {
  const root = process.env['REPO_ROOT'] ?? process.cwd();
  const results: Record<string, unknown> = { at: new Date().toISOString(), cores: cpus().length, node: process.version };
  if (only === undefined || only === 'gateway') {
    say('gateway, against a bare undici pass-through in the same run');
    const { plain, addedAt200, streams, gatewayRssMb } = await benchGateway(root, seconds, warmup, say);
    results['gateway'] = { plain, addedAt200, streams, gatewayRssMb };
    row(
      'plain: direct · pass-through · gateway',
      rate(plain.direct),
      rate(plain.passThrough),
      rate(plain.gateway),
      `${(plain.ratio * 100).toFixed(0)} % of the pass-through`,
    );
    row('at 200/s: pass-through', ms(addedAt200.passThrough));
    row('at 200/s: gateway', ms(addedAt200.gateway), `added to direct: p50 ${addedAt200.addedP50Ms.toFixed(2)} ms, p99 ${addedAt200.addedP99Ms.toFixed(2)} ms`);
    row('streams of 100: pass-through · gateway', rate(streams.passThrough), rate(streams.gateway), `${(streams.ratio * 100).toFixed(0)} %`);
    row('gateway memory afterwards', `${gatewayRssMb.toFixed(0)} MB`);
  }
  if (only === undefined || only === 'e2e') {
    say('end to end: webhook → adapter → core → gateway → model → platform, every guarantee on');
    const figures = await benchEndToEnd(root, seconds, warmup, say);
    results['e2e'] = figures;
    row('messages answered', rate(figures.perSecond), `rounds ${figures.rounds.map((value) => value.toFixed(0)).join(' ')}`);
    row('at 200/s, webhook to platform call', ms(figures.at200));
    row(
      'processor time a message',
      Object.entries(figures.cpuMs)
        .map(([name, value]) => `${name} ${value.toFixed(2)} ms`)
        .join(', '),
    );
  }
  if (only === undefined || only === 'idle') {
    say('idle: everything in one process, and nats-server');
    const idle = await benchIdle(root, Math.min(seconds, 10));
    results['idle'] = idle;
    row('memory', `standalone ${idle.standaloneMb.toFixed(0)} MB`, `nats ${idle.natsMb.toFixed(0)} MB`, `${idle.cpuPercent.toFixed(1)} % of a core`);
    row('ready after', `${idle.readyMs.toFixed(0)} ms`);
  }
  mkdirSync(join(root, 'bench-results'), { recursive: true });
  writeFileSync(join(root, 'bench-results/bench.json'), JSON.stringify(results, null, 2));
  say('written to bench-results/bench.json');
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '12' },
      warmup: { type: 'string', default: '8' },
      role: { type: 'string' },
      port: { type: 'string', default: '0' },
      upstream: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  if (values.role !== undefined) return playRole(values.role, Number(values.port), values.upstream);
  await run(values.only, Number(values.seconds), Number(values.warmup));
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
