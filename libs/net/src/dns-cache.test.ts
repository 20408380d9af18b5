import type { LookupAddress } from 'node:dns';
import { createDnsCache, type DnsCacheOptions } from './dns-cache';

const v4: LookupAddress = { address: '192.0.2.1', family: 4 };
const v6: LookupAddress = { address: '2001:db8::1', family: 6 };

const setUp = (options: Partial<DnsCacheOptions> = {}) => {
  const state = { now: 0, asked: 0, answer: async (): Promise<readonly LookupAddress[]> => [v4, v6] };
  const cache = createDnsCache({
    maxTtlMs: 300_000,
    resolve: () => {
      state.asked += 1;
      return state.answer();
    },
    now: () => state.now,
    ...options,
  });
  return { cache, state };
};

const notFound = async (): Promise<never> => {
  throw Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' });
};

describe('the DNS cache', () => {
  it('asks once for many questions at the same time, and once while the answer is fresh', async () => {
    const { cache, state } = setUp();
    await Promise.all(Array.from({ length: 50 }, () => cache.resolve('a.example')));
    state.now = 29_999;
    await cache.resolve('a.example');
    expect(state.asked).toBe(1);
    state.now = 30_000;
    await cache.resolve('a.example');
    expect(state.asked).toBe(2);
  });

  it('never uses an answer longer than the limit, also when the limit is short', async () => {
    const { cache, state } = setUp({ maxTtlMs: 5000 });
    await cache.resolve('a.example');
    state.now = 5000;
    await cache.resolve('a.example');
    expect(state.asked).toBe(2);
  });

  it('serves an old answer while the name server fails, up to the limit', async () => {
    const { cache, state } = setUp();
    await cache.resolve('a.example');
    state.answer = notFound;
    state.now = 200_000;
    expect(await cache.resolve('a.example')).toEqual([v4, v6]);
    expect(await cache.resolve('a.example')).toEqual([v4, v6]);
    expect(state.asked).toBe(2);
    state.now = 300_000;
    await expect(cache.resolve('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('believes a failure for a second', async () => {
    const { cache, state } = setUp();
    state.answer = notFound;
    await expect(cache.resolve('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(cache.resolve('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(state.asked).toBe(1);
    state.answer = async () => [v4];
    state.now = 1000;
    expect(await cache.resolve('a.example')).toEqual([v4]);
  });

  it('holds a bounded number of names', async () => {
    const { cache, state } = setUp({ maxEntries: 10 });
    for (let index = 0; index < 100; index++) await cache.resolve(`${index}.example`);
    expect(cache.size).toBe(10);
    await cache.resolve('99.example');
    expect(state.asked).toBe(100);
  });

  it('answers sockets in each of their forms', async () => {
    const { cache } = setUp();
    const ask = (options: Parameters<typeof cache.lookup>[1]) =>
      new Promise<unknown>((resolve) => cache.lookup('a.example', options, (error, ...answer) => resolve(error ?? answer)));
    expect(await ask({ all: true })).toEqual([[v4, v6]]);
    expect(await ask({})).toEqual(['192.0.2.1', 4]);
    expect(await ask({ family: 6 })).toEqual(['2001:db8::1', 6]);
    const { cache: onlyV4, state } = setUp();
    state.answer = async () => [v4];
    expect(await new Promise((resolve) => onlyV4.lookup('a.example', { family: 6 }, resolve))).toMatchObject({ code: 'ENOTFOUND' });
  });
});
