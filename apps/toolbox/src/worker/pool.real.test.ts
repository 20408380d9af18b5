import { createWorkerPool, type WorkerPool, type WorkerPoolSettings } from './pool';

const never = new AbortController().signal;
/** Long enough that no machine is too slow for it. */
const PATIENT = { timeoutMs: 50_000, signal: never };
const HANGING = 'f(x) = x < 2 ? 1 : f(x-1) + f(x-2); f(60)';

describe('a pool of workers', () => {
  let pool: WorkerPool;
  const open = (settings: Partial<WorkerPoolSettings> = {}) =>
    (pool = createWorkerPool({ name: 'evaluate', size: 1, maxMemoryMb: 64, maxWaiting: 2, ...settings }));
  afterEach(async () => pool.close());

  it('ends a job that needs more memory than allowed, and goes on', async () => {
    open();
    await expect(pool.run('ones(20000, 20000)', PATIENT)).rejects.toMatchObject({ code: 'tool_failed', message: expect.stringContaining('memory') });
    expect(await pool.run('1+1', PATIENT)).toBe('2');
  });

  it('ends a job that takes longer than allowed, and goes on', async () => {
    open();
    await expect(pool.run(HANGING, { timeoutMs: 50, signal: never })).rejects.toMatchObject({ code: 'tool_timeout' });
    expect(await pool.run('1+1', PATIENT)).toBe('2');
  });

  it('ends a job whose caller goes away, and never starts one whose caller has gone', async () => {
    open();
    const gone = new AbortController();
    const running = pool.run(HANGING, { timeoutMs: 50_000, signal: gone.signal });
    const waiting = pool.run('1+1', { timeoutMs: 50_000, signal: gone.signal });
    gone.abort();
    await expect(running).rejects.toMatchObject({ code: 'client_closed' });
    await expect(waiting).rejects.toMatchObject({ code: 'client_closed' });
    expect(await pool.run('2+2', PATIENT)).toBe('4');
  });

  it('lets jobs wait in order, as many as allowed', async () => {
    open();
    const jobs = ['1+1', '2+2', '3+3'].map((job) => pool.run(job, PATIENT));
    await expect(pool.run('4+4', PATIENT)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await Promise.all(jobs)).toEqual(['2', '4', '6']);
  });

  it('fails what runs and what waits when it is closed', async () => {
    open();
    const jobs = [HANGING, '1+1'].map((job) => expect(pool.run(job, PATIENT)).rejects.toMatchObject({ code: 'draining' }));
    await pool.close();
    await Promise.all(jobs);
    await expect(pool.run('1', PATIENT)).rejects.toMatchObject({ code: 'draining' });
  });

  it('says what is missing when the build left the worker out', async () => {
    open({ name: 'nothing' });
    await expect(pool.run('1', PATIENT)).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('nothing.worker.cjs') });
  });
});
