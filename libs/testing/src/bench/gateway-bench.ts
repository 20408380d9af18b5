import { Pool } from 'undici';
import { startFleet } from '../fleet/fleet';
import { startNats } from '../nats/start-nats';
import { closedLoop, openLoop } from './load';
import { startRole } from './roles';
import { median, percentiles, type Percentiles } from './statistics';

export interface GatewayFigures {
  readonly plain: { readonly direct: number; readonly passThrough: number; readonly gateway: number; readonly ratio: number };
  readonly addedAt200: { readonly passThrough: Percentiles; readonly gateway: Percentiles; readonly addedP50Ms: number; readonly addedP99Ms: number };
  readonly streams: { readonly passThrough: number; readonly gateway: number; readonly ratio: number };
  readonly gatewayRssMb: number;
}

const CONCURRENCY = 32;
const STREAMS = 20;
const ROUNDS = 3;

const bodyOf = (stream: boolean): string =>
  JSON.stringify({
    model: 'fake/m',
    stream,
    messages: [
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content: `What is a benchmark? ${'context '.repeat(100)}` },
    ],
  });

/** The gateway against a bare pass-through: same upstream, same load, rounds in turn, one run. */
export const benchGateway = async (root: string, seconds: number, warmupSeconds: number, say: (line: string) => void): Promise<GatewayFigures> => {
  const upstream = await startRole('upstream');
  const streaming = await startRole('streaming-upstream');
  const passThrough = await startRole('pass-through', upstream.origin);
  const streamingPassThrough = await startRole('pass-through', streaming.origin);
  const nats = await startNats();
  const provider = (name: string, origin: string) => ({ name, kind: 'openai', api_base: `${origin}/v1`, api_key: 'k', models: ['m'] });
  const fleet = await startFleet({
    root,
    natsUrl: nats.url,
    drill: false,
    replicas: { 'model-gateway': 1 },
    config: { model_providers: { default: 'fake', providers: [provider('fake', upstream.origin), provider('streaming', streaming.origin)] } },
  });
  try {
    await fleet.ready(60_000);
    const [member] = fleet.of('model-gateway');
    const origin = `http://127.0.0.1:${member?.httpPort ?? 0}`;
    const ask = caller(bodyOf(false));
    const calls = { direct: ask(upstream.origin), passThrough: ask(passThrough.origin), gateway: ask(origin) };
    say('  warming up');
    for (const call of [calls.direct, calls.passThrough, calls.gateway]) await closedLoop(call, CONCURRENCY, warmupSeconds / 3);

    say('  plain requests, as many as it takes');
    const rates = { direct: new Array<number>(), passThrough: new Array<number>(), gateway: new Array<number>() };
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of ['direct', 'passThrough', 'gateway'] as const) rates[name].push(await closedLoop(calls[name], CONCURRENCY, seconds / ROUNDS));
    }
    say('  plain requests, 200 a second');
    const direct = percentiles(await openLoop(calls.direct, 200, seconds));
    const throughBare = percentiles(await openLoop(calls.passThrough, 200, seconds));
    const throughGateway = percentiles(await openLoop(calls.gateway, 200, seconds));

    say('  streams of 100 events');
    const stream = caller(bodyOf(true).replace('fake/m', 'streaming/m'));
    const streamBare = stream(streamingPassThrough.origin);
    const streamGateway = stream(origin);
    for (const call of [streamBare, streamGateway]) await closedLoop(call, STREAMS, warmupSeconds / 4);
    const streamRates = { bare: new Array<number>(), gateway: new Array<number>() };
    for (let round = 0; round < ROUNDS; round++) {
      streamRates.bare.push(await closedLoop(streamBare, STREAMS, seconds / ROUNDS));
      streamRates.gateway.push(await closedLoop(streamGateway, STREAMS, seconds / ROUNDS));
    }
    const plain = { direct: median(rates.direct), passThrough: median(rates.passThrough), gateway: median(rates.gateway) };
    const streams = { passThrough: median(streamRates.bare), gateway: median(streamRates.gateway) };
    return {
      plain: { ...plain, ratio: plain.gateway / plain.passThrough },
      addedAt200: {
        passThrough: throughBare,
        gateway: throughGateway,
        addedP50Ms: throughGateway.p50 - direct.p50,
        addedP99Ms: throughGateway.p99 - direct.p99,
      },
      streams: { ...streams, ratio: streams.gateway / streams.passThrough },
      gatewayRssMb: (member?.process.rssBytes ?? 0) / 1024 ** 2,
    };
  } finally {
    await fleet.stop();
    await Promise.all([nats.stop(), upstream.stop(), streaming.stop(), passThrough.stop(), streamingPassThrough.stop()]);
  }
};

/** Calls an origin over keep-alive connections; an answer other than 200 ends the benchmark. */
const caller =
  (body: string) =>
  (origin: string): (() => Promise<void>) => {
    const pool = new Pool(origin, { connections: 128 });
    return async () => {
      const response = await pool.request({
        path: '/v1/chat/completions',
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer k' },
        body,
      });
      const text = await response.body.text();
      if (response.statusCode !== 200) throw new Error(`${origin} answered ${response.statusCode}: ${text.slice(0, 300)}`);
    };
  };
