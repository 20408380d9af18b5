// Prints the tables of the code into docs/: node libs/workspace/bin/docs.mjs [--check]
import { checkDocs, writeDocs } from '../docs/generate.mjs';
import { ready } from '../setup/ready.mjs';
import { main } from '../setup/say.mjs';

await main(async () => {
  await ready();
  if (process.argv.includes('--check')) return (await checkDocs()) ? 0 : 1;
  return writeDocs();
});
