// The build target of an app: node libs/workspace/build/bundle-app.mjs apps/core [--out <folder>] [--drill]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main, Refusal } from '../setup/say.mjs';
import { bundleApp } from './bundle.mjs';
import { sizeText } from './size.mjs';

await main(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' }, drill: { type: 'boolean', default: false } } });
  const [project] = positionals;
  if (project === undefined) throw new Refusal('Which app? node libs/workspace/build/bundle-app.mjs apps/core');
  const written = await bundleApp(project, { drill: values.drill, ...(values.out === undefined ? {} : { outdir: resolve(values.out) }) });
  for (const { file, bytes } of written) console.log(`${file}  ${sizeText(bytes)}`);
});
