import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metrics, silentLogger } from '@assistant/telemetry';
import fc from 'fast-check';
import { z } from 'zod';
import type { LogsSettings } from '../config';
import { lineMatcher, parseQuery } from './log-filter';
import { openLogStore, type LogStore } from './log-store';
import { storedLine } from './stored-line';
import type { LogRow } from './store-job';

const MEGABYTE = 1024 ** 2;
const never = new AbortController().signal;
let directory: string;
let store: LogStore;
let settings: LogsSettings;

const open = (): LogStore => openLogStore({ directory, settings: () => settings, log: silentLogger });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'logs-'));
  settings = { max_bytes: 64 * MEGABYTE, max_days: 7 };
  store = open();
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const row = (fields: Record<string, unknown>): LogRow => {
  const stored = storedLine(JSON.stringify({ time: '2026-01-31T12:00:00.000Z', level: 'info', service: 'core', instance: 'a', msg: '', ...fields }));
  if (stored === undefined) throw new Error('the fixture is no line');
  return stored;
};

const messageOf = (json: string): string => z.object({ msg: z.string() }).parse(JSON.parse(json)).msg;

const messages = async (query: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> => {
  const { lines } = await store.search(parseQuery(query), never);
  return lines.map(messageOf);
};

const sizeOfAll = (): number => readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
const segmentsOf = (): readonly string[] => readdirSync(directory).filter((name) => name.endsWith('.db'));

const fill = async (count: number, length: number): Promise<void> => {
  for (let index = 0; index < count; index++) {
    store.append(
      row({
        msg: `${index} ${Math.random()
          .toString(36)
          .slice(2)
          .repeat(Math.ceil(length / 11))}`,
      }),
    );
    if (index % 2000 === 1999) await store.flush();
  }
  await store.flush();
};

test('A line is found by each of its fields, and not by others.', async () => {
  const trace = 'ab'.repeat(16);
  store.append(row({ msg: 'one', service: 'core', level: 'error', tenant: 'acme', platform: 'web', trace_id: trace, time: '2026-01-01T00:00:00Z' }));
  store.append(row({ msg: 'two', service: 'toolbox', level: 'info', time: '2026-01-02T00:00:00Z' }));
  await store.flush();
  expect(await messages({})).toEqual(['two', 'one']);
  for (const query of [
    { service: 'core' },
    { level: 'warn' },
    { tenant: 'acme' },
    { platform: 'web' },
    { trace },
    { q: 'one' },
    { end: '2026-01-02T00:00:00Z' },
  ])
    expect(await messages(query)).toEqual(['one']);
  for (const query of [{ service: 'toolbox' }, { q: 'toolbox' }, { start: '2026-01-02T00:00:00Z' }]) expect(await messages(query)).toEqual(['two']);
  for (const query of [{ service: 'none' }, { level: 'fatal' }, { q: 'one two' }, { trace: '00'.repeat(16) }, { start: '2027-01-01T00:00:00Z' }])
    expect(await messages(query)).toEqual([]);
});

test('Chinese is found, by two characters as well as by many.', async () => {
  store.append(row({ msg: '模型调用失败，请检查密钥' }));
  store.append(row({ msg: '消息已经发送' }));
  await store.flush();
  expect(await messages({ q: '密钥' })).toHaveLength(1);
  expect(await messages({ q: '调用失败' })).toHaveLength(1);
  expect(await messages({ q: '消息' })).toEqual(['消息已经发送']);
  expect(await messages({ q: '密码' })).toEqual([]);
});

test('The index and the tail agree with each other about any line and any text.', async () => {
  const texts = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', 'B', 'b', ' ', '"', '\\', '%', '_', '*', '\n', '\0', '密', 'É', 'ß', 'İ', '😀', "'", '-'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  });
  const rows = fc.sample(texts, { numRuns: 400, seed: 7 }).map((msg) => row({ msg }));
  for (const one of rows) store.append(one);
  await store.flush();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        texts,
        fc.tuple(fc.nat(399), fc.nat(11), fc.nat(8)).map(([index, from, length]) => messageOf(rows[index]?.json ?? '').slice(from, from + length)),
      ),
      async (q) => {
        const query = { ...parseQuery({ limit: '1000' }), terms: q === '' ? [] : [q] };
        const { lines } = await store.search(query, never);
        expect(lines).toEqual(
          rows
            .filter(lineMatcher(query))
            .map(({ json }) => json)
            .toReversed(),
        );
      },
    ),
    { numRuns: 400 },
  );
});

test('Pages follow each other without gap or repetition, also over segments and while lines come in.', async () => {
  settings = { max_bytes: 16 * MEGABYTE, max_days: 7 };
  await fill(6000, 300);
  expect(segmentsOf().length).toBeGreaterThan(2);
  const seen: number[] = [];
  for (let cursor: string | undefined; ;) {
    const { lines, next } = await store.search(parseQuery({ q: 'core', limit: '700', ...(cursor === undefined ? {} : { cursor }) }), never);
    seen.push(...lines.map((json) => Number.parseInt(messageOf(json), 10)));
    if (next === null) break;
    cursor = String(next);
    store.append(row({ msg: '-1 core came later' }));
    await store.flush();
  }
  expect(seen).toEqual(Array.from({ length: 6000 }, (_, index) => 5999 - index));
});

test('The space is kept, the oldest lines go first.', async () => {
  settings = { max_bytes: 16 * MEGABYTE, max_days: 7 };
  await fill(30_000, 800);
  expect(sizeOfAll()).toBeLessThanOrEqual(16 * MEGABYTE);
  const [newest = ''] = await messages({ limit: '1' });
  expect(Number.parseInt(newest, 10)).toBe(29_999);
  const { lines } = await store.search({ ...parseQuery({ limit: '1' }), before: 10 }, never);
  expect(lines).toEqual([]);
});

test('What is older than its days goes, and writing goes on afterwards.', async () => {
  store.append(row({ msg: 'old' }));
  await store.flush();
  await store.close();
  for (const name of readdirSync(directory)) utimesSync(join(directory, name), new Date('2020-01-01'), new Date('2020-01-01'));
  settings = { max_bytes: 16 * MEGABYTE, max_days: 7 };
  store = open();
  store.append(row({ msg: 'new' }));
  await store.flush();
  expect(await messages({})).toEqual(['new']);
});

test('Lines outlive a restart and keep their order.', async () => {
  store.append(row({ msg: 'before' }));
  await store.close();
  store = open();
  store.append(row({ msg: 'after' }));
  await store.flush();
  expect(await messages({})).toEqual(['after', 'before']);
});

test('A damaged segment is set aside and hides nothing else.', async () => {
  settings = { max_bytes: 16 * MEGABYTE, max_days: 7 };
  await fill(4000, 300);
  await store.close();
  const [first = ''] = segmentsOf();
  const newest = segmentsOf().at(-1) ?? '';
  for (const name of [first, newest]) writeFileSync(join(directory, name), Buffer.alloc(8192, 'rubbish'));
  store = open();
  store.append(row({ msg: 'later' }));
  await store.flush();
  expect(store.health().status).toBe('ok');
  expect(readdirSync(directory)).toContain(newest.replace('.db', '.bad'));
  expect(readFileSync(join(directory, newest.replace('.db', '.bad')), 'latin1')).toContain('rubbish');
  expect((await messages({ limit: '1000' })).length).toBeGreaterThan(100);
  expect(await messages({ limit: '1' })).toEqual(['later']);
});

test('A store that cannot write says so, counts what it loses, and recovers.', async () => {
  await store.close();
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'a file where the folder should be');
  store = open();
  const lost = async (): Promise<number> => (await metrics.logDropped.get()).values[0]?.value ?? 0;
  const before = await lost();
  store.append(row({ msg: 'lost' }));
  await store.flush();
  expect(store.health()).toEqual({ status: 'degraded', detail: expect.stringContaining('log lines are not stored') });
  expect(await lost()).toBe(before + 1);
  rmSync(directory);
  store.append(row({ msg: 'kept' }));
  await store.flush();
  expect(store.health().status).toBe('ok');
  expect(await messages({})).toEqual(['kept']);
});

test('A flood beyond the queue is cut off and counted, not kept in memory.', async () => {
  const before = (await metrics.logDropped.get()).values[0]?.value ?? 0;
  for (let index = 0; index < 25_000; index++) store.append(row({ msg: `flood ${index}` }));
  await store.flush();
  const lost = ((await metrics.logDropped.get()).values[0]?.value ?? 0) - before;
  expect(lost).toBeGreaterThanOrEqual(4000);
  expect(lost).toBeLessThanOrEqual(5000);
});

test('A search whose caller went away does not run.', async () => {
  const gone = AbortSignal.abort();
  await expect(store.search(parseQuery({}), gone)).rejects.toMatchObject({ code: 'client_closed' });
});
