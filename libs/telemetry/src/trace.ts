import {
  context,
  defaultTextMapGetter,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span as OtelSpan,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { asAssistantError } from '@assistant/contracts';
import { redact } from './redact';

/** One span of a road. Hand `traceparent` on through HTTP, NATS headers and gRPC metadata. */
export interface Span {
  readonly traceparent: string;
  readonly traceId: string;
  /** Sets attributes; never a message's text, never a secret. */
  set(attributes: Attributes): void;
  event(name: string, attributes?: Attributes): void;
  child(name: string, attributes?: Attributes, kind?: SpanKind): Span;
  /** Ends the span, as failed if an error is given. Ending twice is harmless. */
  end(error?: unknown): void;
}

export { SpanKind };

const propagator = new W3CTraceContextPropagator();
propagation.setGlobalPropagator(propagator);

const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? ROOT_CONTEXT : propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);

const traceparentOf = (span: OtelSpan): string => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
};

const wrap = (span: OtelSpan): Span => {
  let ended = false;
  const own = trace.setSpan(context.active(), span);
  return {
    traceparent: traceparentOf(span),
    traceId: span.spanContext().traceId,
    set: (attributes) => void span.setAttributes(attributes),
    event: (name, attributes) => void span.addEvent(name, attributes),
    child: (name, attributes = {}, kind = SpanKind.INTERNAL) => wrap(tracer().startSpan(name, { attributes, kind }, own)),
    end: (error) => {
      if (ended) return;
      ended = true;
      if (error !== undefined) {
        const known = asAssistantError(error);
        span.setAttribute('error.type', known.code);
        span.setStatus({ code: SpanStatusCode.ERROR, message: redact(known.message) });
      }
      span.end();
    },
  };
};

const tracer = () => trace.getTracer('assistant');

/** False where spans go nowhere: then their ids alone are made and carried on, which costs next to nothing. */
let recording = true;

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

const randomHex = (words: number): string => {
  let text = '';
  for (let word = 0; word < words; word++) text += (0x1_0000_0000 + Math.floor(Math.random() * 0x1_0000_0000)).toString(16).slice(1);
  return text;
};

/** A span whose ids are all there is to it; most are never handed on, and then need no id of their own. */
class IdsAlone implements Span {
  readonly traceId: string;
  readonly #flags: string;
  #traceparent: string | undefined;

  constructor(traceId: string, flags: string) {
    this.traceId = traceId;
    this.#flags = flags;
  }

  get traceparent(): string {
    return (this.#traceparent ??= `00-${this.traceId}-${randomHex(2)}-${this.#flags}`);
  }

  child(): Span {
    return new IdsAlone(this.traceId, this.#flags);
  }

  set(): void {}

  event(): void {}

  end(): void {}
}

/** Starts a span under a caller's `traceparent`, or a new trace where there is none (or a malformed one). */
export const startSpan = (name: string, traceparent?: string, attributes: Attributes = {}, kind: SpanKind = SpanKind.INTERNAL): Span => {
  if (recording) return wrap(tracer().startSpan(name, { attributes, kind }, contextOf(traceparent)));
  const [, traceId = randomHex(4), flags = '01'] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return new IdsAlone(traceId, flags);
};

export interface TracingOptions {
  readonly service: string;
  readonly version: string;
  /** OTLP/HTTP base URL, for instance http://collector:4318; without it ids are made and carried, nothing is sent. */
  readonly endpoint?: string;
}

/** Sets up the process's tracer. Returns the flush to call when draining. */
export const startTracing = (options: TracingOptions): (() => Promise<void>) => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'service.version': options.version }),
    spanProcessors:
      options.endpoint === undefined
        ? []
        : [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces` }) })],
  });
  trace.setGlobalTracerProvider(provider);
  recording = options.endpoint !== undefined;
  return async () => {
    await provider.forceFlush();
    await provider.shutdown();
  };
};
