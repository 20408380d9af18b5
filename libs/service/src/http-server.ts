import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asAssistantError, AssistantError, isAssistantError } from '@assistant/contracts';
import { redact, registry, type Logger } from '@assistant/telemetry';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly trustedProxies: string;
  readonly log: Logger;
  readonly access: RequestHandler;
  readonly draining: () => boolean;
  readonly ready: () => boolean;
  readonly health: () => { readonly status: number; readonly body: object };
}

export interface HttpServer {
  readonly port: number;
  mount(router: Router): void;
  /** Mounts what answers when no service did, then listens. Throws `config_invalid` when the port is taken. */
  listen(): Promise<void>;
  /** Takes no new connection; running requests go on. */
  stopListening(): void;
  close(): Promise<void>;
}

/** Slow clients are cut off early; Node's own limits of 60 s and 300 s keep sockets far too long. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** The one HTTP server of a process. Services mount their routers; health, readiness and metrics are here. */
export const createHttpServer = (options: HttpServerOptions): HttpServer => {
  const app: Express = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustedProxies);
  app.use((_request, response, next) => {
    if (options.draining()) response.set('Connection', 'close');
    next();
  });
  app.use(options.access);
  const services = express.Router();
  app.use(services);

  app.get('/health', (_request, response) => {
    const { status, body } = options.health();
    response.status(status).json(body);
  });
  app.get('/ready', (_request, response) => {
    const ready = options.ready();
    response.status(ready ? 200 : 503).json({ ready });
  });
  app.get('/metrics', (_request, response, next) => {
    registry.metrics().then((text) => response.type(registry.contentType).send(text), next);
  });

  const server: Server = createServer(
    { connectionsCheckingInterval: 2000, headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: 72_000 },
    app,
  );
  server.maxHeadersCount = 100;

  return {
    get port() {
      return portOf(server);
    },
    mount: (router) => void services.use(router),
    listen: async () => {
      app.use(notFound, errorHandler(options.log));
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            error.code === 'EADDRINUSE'
              ? new AssistantError('config_invalid', `port ${options.port} is taken. Stop what uses it, or set ASSISTANT_HTTP_PORT.`)
              : error,
          ),
        );
        server.listen(options.port, options.host, resolve);
      });
    },
    stopListening: () => {
      server.close();
      server.closeIdleConnections();
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const notFound: RequestHandler = (request, response) => {
  response
    .status(404)
    .json({ error: { message: `There is nothing at ${request.method} ${request.path}.`, type: 'invalid_request_error', param: null, code: 'not_found' } });
};

const errorHandler =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const known = asAssistantError(error);
    if (!isAssistantError(error)) log.error('a request failed', { path: request.path, error });
    if (response.headersSent) return void response.destroy();
    if (known.details.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(known.details.retryAfterMs / 1000)));
    const message = isAssistantError(error) ? redact(known.message) : 'Something went wrong on our side.';
    response.status(known.entry.http).json({
      error: {
        message,
        type: known.entry.failed === 'caller' ? 'invalid_request_error' : 'server_error',
        param: known.details.param ?? null,
        code: known.code,
      },
    });
  };
