// The standing benchmark: node libs/workspace/bin/bench.mjs [options of the benchmark]
import { main } from '../setup/say.mjs';
import { runTool } from '../setup/tool.mjs';

await main(() => runTool('bench', 'libs/testing/src/bench/main.ts'));
