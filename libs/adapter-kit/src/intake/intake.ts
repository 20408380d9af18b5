import { conversationToken, isAssistantError, type InboundEvent } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { metrics, SpanKind, startSpan, type Logger, type Span } from '@assistant/telemetry';
import type { Request, RequestHandler, Response } from 'express';
import type { Account, HttpAnswer, PlatformManifest, RawRequest, Received } from '../platform';
import { readBody } from './body';
import type { Pressure } from './pressure';
import { publishEvents } from './publish';

export interface IntakeOptions {
  readonly manifest: PlatformManifest;
  readonly bus: Bus;
  readonly log: Logger;
  readonly pressure: Pressure;
  readonly draining: () => boolean;
  /** The account that a path names (empty = the first), or undefined. */
  readonly account: (id: string) => Pick<Account<unknown>, 'id' | 'receive'> | undefined;
}

/**
 * THE ROAD of a webhook: room? → read → verify and normalise → publish → answer. The platform hears 2xx only after
 * every event is stored; everything else makes it send again.
 */
export const intake =
  (options: IntakeOptions): RequestHandler =>
  (request, response) => {
    const span = startSpan('intake', headerOf(request, 'traceparent'), { 'assistant.platform': options.manifest.name }, SpanKind.SERVER);
    accept(options, request, span)
      .catch((error: unknown): Answered => failure(options, error, span))
      .then(
        (answer) => {
          send(response, request, answer);
          span.end(answer.error);
        },
        (error: unknown) => {
          options.log.error('a webhook could not be answered', { hop: 'intake.publish', error });
          response.destroy();
        },
      );
  };

interface Answered extends HttpAnswer {
  readonly retryAfterMs?: number;
  readonly error?: unknown;
}

const accept = async (options: IntakeOptions, request: Request, span: Span): Promise<Answered> => {
  const { manifest, pressure } = options;
  const busyMs = options.draining() ? 1000 : pressure.refuse();
  if (busyMs !== undefined) return count(manifest, 'busy', { status: 503, body: 'busy', retryAfterMs: busyMs });
  const contentType = (headerOf(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (request.method === 'POST' && !manifest.contentTypes.includes(contentType))
    return count(manifest, 'refused', { status: 415, body: `send ${manifest.contentTypes.join(' or ')}` });
  const [, id = '', ...rest] = request.path.split('/');
  const account = rest.length === 0 ? options.account(id) : undefined;
  if (account === undefined) return count(manifest, 'refused', { status: 404, body: 'no such account' });

  const body = await readBody(request, manifest.bodyLimit);
  const verifying = span.child('intake.verify');
  const received = account.receive(rawRequest(request, body));
  verifying.end();
  return conclude(options, received, body, span, account.id);
};

const conclude = async (options: IntakeOptions, received: Received, body: Buffer, span: Span, account: string): Promise<Answered> => {
  const { manifest, bus, log, pressure } = options;
  switch (received.kind) {
    case 'events': {
      const publishing = span.child('intake.publish', { events: received.events.length });
      await pressure.track(() => publishEvents(bus, log, received.events, span)).finally(() => publishing.end());
      if (received.events.length === 0) metrics.inbound.inc({ platform: manifest.name, result: 'nothing' });
      return received.respond ?? { status: 200 };
    }
    case 'answer':
      return received.respond;
    case 'unreadable': {
      const lane = { tenant: 'default', platform: manifest.name, conversation: conversationToken([account]) };
      await bus.dead.put({ stage: 'edge', reason: received.reason, attempts: 1, source: 0, lane, traceparent: span.traceparent, data: body });
      metrics.dead.inc({ stage: 'edge' });
      log.warn('a genuine webhook could not be read; it is kept as a dead letter', {
        hop: 'intake.normalise',
        platform: manifest.name,
        reason: received.reason,
        trace_id: span.traceId,
      });
      return count(manifest, 'unreadable', { status: 200 });
    }
    case 'refused':
      log.warn('a webhook was refused', { hop: 'intake.verify', platform: manifest.name, reason: received.reason, trace_id: span.traceId });
      return count(manifest, 'refused', { status: received.status, body: 'refused' });
  }
};

const count = (manifest: PlatformManifest, result: string, answer: Answered): Answered => {
  metrics.inbound.inc({ platform: manifest.name, result });
  return answer;
};

const failure = ({ manifest, log }: IntakeOptions, error: unknown, span: Span): Answered => {
  if (isAssistantError(error) && error.entry.failed === 'caller') return count(manifest, 'refused', { status: error.entry.http, body: error.message, error });
  const known = isAssistantError(error);
  log.warn('a webhook could not be stored; the platform is told to send it again', {
    hop: 'intake.publish',
    platform: manifest.name,
    trace_id: span.traceId,
    error: known ? error.message : error,
  });
  return count(manifest, 'unavailable', {
    status: 503,
    body: 'not stored, send again',
    retryAfterMs: (known ? error.details.retryAfterMs : undefined) ?? 5000,
    error,
  });
};

const send = (response: Response, request: Request, answer: Answered): void => {
  if (response.destroyed) return;
  if (answer.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(answer.retryAfterMs / 1000)));
  // A body that is still coming is not read: the connection goes with the answer.
  if (!request.complete) {
    response.set('Connection', 'close');
    response.once('finish', () => request.destroy());
  }
  response
    .status(answer.status)
    .type(answer.contentType ?? 'text/plain')
    .send(answer.body ?? '');
};

const headerOf = (request: Request, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const rawRequest = (request: Request, body: Buffer): RawRequest => ({
  method: request.method,
  path: request.path === '/' ? '' : request.path,
  query: Object.fromEntries(new URL(request.originalUrl, 'http://localhost').searchParams),
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
  body,
  remoteAddress: request.ip ?? '',
});

/** Publishes one event of a long-running intake (polling, sockets); resolves after the store's confirmation. */
export const publishPolled =
  (bus: Bus, log: Logger) =>
  async (event: InboundEvent): Promise<void> => {
    const span = startSpan('intake', undefined, { 'assistant.platform': event.from.platform }, SpanKind.SERVER);
    try {
      await publishEvents(bus, log, [event], span);
    } catch (error) {
      span.end(error);
      throw error;
    } finally {
      span.end();
    }
  };
