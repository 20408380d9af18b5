import { startScriptedCore } from './scripted-core';
import { startWebServer } from './web-server';

/** Runs the web chat with a scripted core until it is told to stop: for a browser test, or to look at the page. */
const main = async (): Promise<void> => {
  const consoleFolder = process.env['CONSOLE_FOLDER'];
  const server = await startWebServer({ port: Number(process.env['PORT'] ?? 0), ...(consoleFolder === undefined ? {} : { consoleFolder }) });
  const core = await startScriptedCore(server.bus, { paceMs: Number(process.env['PACE_MS'] ?? 30) });
  console.log(`ready ${server.url}/console/`);
  process.once('SIGTERM', () => {
    void core
      .close()
      .then(() => server.close())
      .then(() => process.exit(0));
  });
};

void main();
