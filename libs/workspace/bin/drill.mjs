// The fault drill: node libs/workspace/bin/drill.mjs [--messages 20000 --kills 200]
import { main } from '../setup/say.mjs';
import { runTool } from '../setup/tool.mjs';

await main(() => runTool('drill', 'libs/testing/src/drill/main.ts'));
