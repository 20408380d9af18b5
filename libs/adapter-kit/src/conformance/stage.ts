import { createServer, request as httpRequest, type Server } from 'node:http';
import { inspect } from 'node:util';
import { connectBus, type Bus } from '@assistant/bus';
import { inboundEventSchema, type InboundEvent } from '@assistant/contracts';
import type { LogFields, Logger } from '@assistant/telemetry';
import { startNats } from '@assistant/testing';
import express, { type RequestHandler, type Router } from 'express';
import { intake } from '../intake/intake';
import { Pressure } from '../intake/pressure';
import type { Account, PlatformManifest, RawRequest } from '../platform';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What came of requests: the answers, and what stands on IN because of them. */
export interface Outcome {
  readonly answers: readonly Answer[];
  readonly events: readonly InboundEvent[];
}

/** A real broker, an HTTP server and a logger that keeps what it is told, before any scrubbing. */
export interface Stage {
  readonly bus: Bus;
  readonly log: Logger;
  /** Every log line and every error of the run, as text with all fields, stacks and causes. */
  readonly told: readonly string[];
  /** Keeps an error for the check that it told no secret. */
  keep(error: unknown): void;
  /** Mounts routes; resolves with the address of the server. */
  serve(routes: Router | RequestHandler): Promise<string>;
  /** Mounts the kit's own intake for these accounts; resolves with the address of their webhooks. */
  serveAccounts(manifest: PlatformManifest, accounts: readonly Account<unknown>[]): Promise<string>;
  /** Sends webhooks one after the other. */
  deliver(url: string, requests: readonly RawRequest[]): Promise<Outcome>;
  close(): Promise<void>;
}

const ANSWER_TIMEOUT_MS = 20_000;

/** Opens a stage with a nats-server of its own. */
export const openStage = async (): Promise<Stage> => {
  const nats = await startNats();
  const told: string[] = [];
  const log = recorder(told, {});
  const bus = await connectBus({ url: nats.url, name: 'conformance', log });
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(server)}`;

  const deliver = async (base: string, requests: readonly RawRequest[]): Promise<Outcome> => {
    const before = await bus.spine.lastSequence('IN');
    const answers: Answer[] = [];
    for (const request of requests) answers.push(await post(base, request));
    return { answers, events: await eventsBetween(bus, before, await bus.spine.lastSequence('IN')) };
  };

  return {
    bus,
    log,
    told,
    keep: (error) => void told.push(inspect(error, { depth: 10 })),
    serve: async (routes) => {
      app.use(routes);
      return url;
    },
    serveAccounts: async (manifest, accounts) => {
      const account = (id: string): Account<unknown> | undefined => (id === '' ? accounts[0] : accounts.find((known) => known.id === id));
      app.use(`/api/${manifest.name}`, intake({ manifest, bus, log, pressure: new Pressure(), draining: () => false, account }));
      return `${url}/api/${manifest.name}`;
    },
    deliver,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await bus.close();
      await nats.stop();
    },
  };
};

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const recorder = (told: string[], fields: LogFields): Logger => {
  const write = (message: string, more: LogFields = {}): void => void told.push(`${message} ${inspect({ ...fields, ...more }, { depth: 10 })}`);
  return { debug: write, info: write, warn: write, error: write, isEnabled: () => true, child: (more) => recorder(told, { ...fields, ...more }) };
};

/** Sends one webhook. An answer counts even if the connection breaks after it. */
const post = (base: string, { method, path, query, headers, body }: RawRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const request = httpRequest(url, { method, headers: { ...headers, 'content-length': body.length }, timeout: ANSWER_TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('close', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    request.once('timeout', () => request.destroy(new Error(`no answer to a webhook within ${ANSWER_TIMEOUT_MS} ms`)));
    request.once('error', reject);
    request.end(body);
  });

/** The events of IN after one sequence and up to another. Throws for one that does not fit the contract. */
const eventsBetween = async (bus: Bus, after: number, last: number): Promise<readonly InboundEvent[]> => {
  if (last <= after) return [];
  const stored: Uint8Array[] = [];
  let arrived: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const reader = bus.spine.read({
    stream: 'IN',
    filter: 'in.>',
    from: after + 1,
    name: `conformance-${after}`,
    batch: 100,
    onMessage: ({ sequence, data }) => {
      if (sequence <= last) stored.push(data);
      if (sequence >= last) arrived();
    },
  });
  try {
    await complete;
  } finally {
    await reader.close();
  }
  return stored.map((data) => inboundEventSchema.parse(JSON.parse(new TextDecoder().decode(data))));
};
