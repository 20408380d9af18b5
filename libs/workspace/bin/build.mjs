// Builds every service and the console: node libs/workspace/bin/build.mjs
import { buildAll } from '../build/build.mjs';
import { ready } from '../setup/ready.mjs';
import { main } from '../setup/say.mjs';

await main(async () => buildAll(await ready()));
