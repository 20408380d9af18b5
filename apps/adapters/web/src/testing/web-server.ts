import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, type Bus } from '@assistant/bus';
import { memoryConfig } from '@assistant/config';
import { silentLogger } from '@assistant/telemetry';
import express from 'express';
import { webAdapter } from '../service';
import { startNats, type NatsProcess } from './nats-server';

export interface WebServerOptions {
  /** Values of `platforms.web`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A built console, served under /console. */
  readonly consoleFolder?: string;
  readonly port?: number;
  /** A nats-server that runs already. */
  readonly nats?: NatsProcess;
}

export interface WebServer {
  readonly url: string;
  readonly bus: Bus;
  readonly nats: NatsProcess;
  close(): Promise<void>;
}

/** As strict as the installation's own, and without inline styles. */
const CONSOLE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The web adapter over a real nats-server and a real HTTP server, for tests. */
export const startWebServer = async (options: WebServerOptions = {}): Promise<WebServer> => {
  const nats = options.nats ?? (await startNats());
  const bus = await connectBus({ url: nats.url, name: 'web-test', log: silentLogger });
  const dataDir = await mkdtemp(join(tmpdir(), 'web-data-'));
  const stops: (() => Promise<void> | void)[] = [];
  const running = await webAdapter.start({
    config: memoryConfig(webAdapter.sections, options.settings === undefined ? {} : { 'platforms.web': options.settings }),
    log: silentLogger,
    bus,
    version: '0.0.0',
    instance: 'test',
    dataDir,
    onStop: (_name, close) => stops.unshift(close),
    draining: false,
  });
  const app = express();
  if (running.routes !== undefined) app.use(running.routes);
  app.get('/health', (_request, response) => void response.json({ status: 'ok', version: '0.0.0', services: { 'adapter-web': running.health() } }));
  if (options.consoleFolder !== undefined) {
    const page = join(options.consoleFolder, 'index.html');
    app.use(
      '/console',
      express.static(options.consoleFolder, {
        setHeaders: (response) => response.setHeader('content-security-policy', CONSOLE_POLICY),
      }),
    );
    app.get(/^\/console/, (_request, response) => response.sendFile(page));
  }
  const server = createServer(app).listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    bus,
    nats,
    close: async () => {
      await running.drain?.(AbortSignal.timeout(1000));
      for (const stop of stops) await stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await bus.close();
      if (options.nats === undefined) await nats.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
