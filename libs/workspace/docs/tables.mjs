import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from '../build/bundle.mjs';
import { CACHE, ROOT } from '../setup/paths.mjs';

const require = createRequire(import.meta.url);

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (titles, rows) => [titles, titles.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const FAILED = { caller: 'the caller', us: 'us', provider: 'the model provider', platform: 'the chat platform' };

const errors = ({ ERRORS }) =>
  table(
    ['Code', 'Who failed', 'HTTP', 'gRPC', 'Retry', 'What to do'],
    Object.entries(ERRORS).map(([code, { failed, http, grpc, retry, remedy }]) => [`\`${code}\``, FAILED[failed], http, grpc, retry ? 'yes' : 'no', remedy]),
  );

/** A bundle may rename a class that two packages share a name for: `Counter2`. */
const kindOf = (metric) => metric.constructor.name.toLowerCase().replace(/\d+$/, '');

const metrics = ({ metrics: all }) =>
  table(
    ['Metric', 'Type', 'Labels', 'Meaning'],
    Object.values(all).map((metric) => [`\`${metric.name}\``, kindOf(metric), metric.labelNames.map((label) => `\`${label}\``).join(', ') || '–', metric.help]),
  );

const yes = (value) => (value ? 'yes' : '–');

const platforms = ({ manifests }) =>
  table(
    ['Platform', 'Text limit', 'Streaming', 'Media in', 'Media out', 'Groups', 'Threads', 'Buttons', 'When a send is left open'],
    manifests.map(({ name, title, text, capabilities, senderClass, onUnknown }) => [
      `${title.en} · ${title.zh} (\`${name}\`)`,
      `${text.limit} ${text.unit}`,
      capabilities.streaming === 'none' ? '–' : capabilities.streaming,
      yes(capabilities.mediaIn),
      yes(capabilities.mediaOut),
      yes(capabilities.groups),
      yes(capabilities.threads),
      yes(capabilities.buttons),
      senderClass === 'none' ? onUnknown : 'cannot double',
    ]),
  );

/** Name of the marker → what stands between. */
const TABLES = { errors, metrics, platforms };

const manifestFiles = () => {
  const adapters = join(ROOT, 'apps/adapters');
  return readdirSync(adapters)
    .sort()
    .map((name) => join(adapters, name, 'src/manifest.ts'))
    .filter((file) => existsSync(file));
};

/** The typed tables of the code, read by bundling them: the docs cannot say anything else. */
const loadSources = async () => {
  const folder = join(CACHE, 'docs');
  const entry = join(folder, 'tables.ts');
  const outfile = join(folder, 'tables.cjs');
  mkdirSync(folder, { recursive: true });
  const manifests = manifestFiles().map((file, index) => `import * as manifest${index} from ${JSON.stringify(file)};`);
  const values = manifests.map((_line, index) => `...Object.values(manifest${index})`).join(', ');
  writeFileSync(
    entry,
    `${manifests.join('\n')}\nexport { ERRORS } from '@assistant/contracts';\nexport { metrics } from '@assistant/telemetry';\nexport const manifests = [${values}].filter((value) => typeof value === 'object' && 'senderClass' in value);\n`,
  );
  await bundle({ entry, outfile });
  delete require.cache[outfile];
  return require(outfile);
};

/** Every generated table, by the name of its marker. */
export const generatedTables = async () => {
  const sources = await loadSources();
  return Object.fromEntries(Object.entries(TABLES).map(([name, write]) => [name, write(sources)]));
};
