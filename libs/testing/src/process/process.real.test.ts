import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startProcess } from './start-process';

const node = (name: string, code: string) => ({ name, command: process.execPath, args: ['-e', code], env: { PATH: process.env['PATH'] } });
const says = (word: string) => (started: { readonly lastLines: readonly string[] }) => started.lastLines.some((line) => line.startsWith(word));
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};
/** R, S, T (stopped), Z (a zombie: it has ended)…; undefined when it is gone. */
const stateOf = (pid: number): string | undefined => {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
};
const runs = (pid: number): boolean => !['Z', 'X', undefined].includes(stateOf(pid));

describe('a started process', () => {
  test('is ready when it says so; its lines, memory and processor time can be read', async () => {
    const child = await startProcess({
      ...node('talker', 'for (let i = 0; i < 5e7; i++); console.log("ready"); setInterval(() => 0, 1000)'),
      readyWhen: says('ready'),
    });
    expect(child.lastLines).toEqual(['ready']);
    expect(child.rssBytes).toBeGreaterThan(10_000_000);
    expect(child.cpuSeconds).toBeGreaterThan(0);
    await child.kill9();
    expect(child.alive).toBe(false);
    expect(child.ending).toBe('was killed by SIGKILL');
    expect(child.rssBytes).toBe(0);
  });

  test('that ends before it is ready is an error with its last words', async () => {
    const start = startProcess({ ...node('early', 'console.error("no config"); process.exit(3)'), readyWhen: () => false });
    await expect(start).rejects.toThrow('early ended with code 3\nno config');
  });

  test('that does not exist is an error at once', async () => {
    await expect(startProcess({ ...node('ghost', ''), command: '/nowhere/ghost', readyWhen: () => false })).rejects.toThrow(
      /ghost could not be started.*ENOENT/,
    );
  });

  test('that is never ready is killed', async () => {
    let pid = 0;
    const readyWhen = (started: { readonly pid: number }): boolean => {
      pid = started.pid;
      return false;
    };
    await expect(startProcess({ ...node('slow', 'setInterval(() => 0, 1000)'), readyWithinMs: 100, readyWhen })).rejects.toThrow(
      'slow is not ready after 100 ms',
    );
    expect(runs(pid)).toBe(false);
  });

  test('keeps its last lines, not all of them', async () => {
    const child = await startProcess({
      ...node('chatty', 'for (let i = 0; i < 2000; i++) console.log(i); console.log("x".repeat(50000)); console.log("end"); setInterval(() => 0, 1000)'),
      readyWhen: says('end'),
    });
    expect(child.lastLines).toHaveLength(500);
    expect(Math.max(...child.lastLines.map((line) => line.length))).toBe(4000);
    await child.kill9();
  });

  test('can be frozen and thawed', async () => {
    const child = await startProcess({ ...node('sleeper', 'console.log("up"); setInterval(() => 0, 10)'), readyWhen: says('up') });
    child.signal('SIGSTOP');
    await until(() => stateOf(child.pid) === 'T');
    child.signal('SIGCONT');
    await until(() => stateOf(child.pid) !== 'T');
    expect(child.alive).toBe(true);
    await child.kill9();
  });

  test('ends with its own code when asked, and is killed when it does not listen', async () => {
    const polite = await startProcess({
      ...node('polite', 'process.on("SIGTERM", () => process.exit(7)); console.log("up"); setInterval(() => 0, 10)'),
      readyWhen: says('up'),
    });
    expect(await polite.terminate()).toBe(7);
    const deaf = await startProcess({ ...node('deaf', 'process.on("SIGTERM", () => 0); console.log("up"); setInterval(() => 0, 10)'), readyWhen: says('up') });
    expect(await deaf.terminate(100)).toBeNull();
    expect(deaf.ending).toBe('was killed by SIGKILL');
  });

  test('that has ended is not ready, whoever answers in its place', async () => {
    const start = startProcess({
      ...node('late', 'process.exit(1)'),
      readyWhen: async (started) => {
        await started.exited;
        return true;
      },
    });
    await expect(start).rejects.toThrow('late ended with code 1');
  });
});

describe('what a process has started', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'reaper-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A program that starts a child, which starts a child, and prints both pids. */
  const parent = async (): Promise<string> => {
    const outfile = join(folder, 'parent.cjs');
    const contents = `
      import { ServiceProcess } from './service-process';
      new ServiceProcess({ name: 'child', command: '/bin/sh', args: ['-c', 'sleep 300 & echo pids $$ $!; wait'], env: process.env, onLine: (line) => console.log(line) });
      setInterval(() => 0, 1000);
      if (process.argv[2] === 'end') setTimeout(() => process.exit(0), 300);
    `;
    await build({
      stdin: { contents, resolveDir: join(process.cwd(), 'libs/testing/src/process'), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
    });
    return outfile;
  };

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'its own end'] as const)('does not outlive it: %s', async (how) => {
    const program = await parent();
    const args = how === 'its own end' ? [program, 'end'] : [program];
    const started = await startProcess({ name: 'parent', command: process.execPath, args, env: process.env, readyWhen: says('pids') });
    const [, ...pids] =
      started.lastLines
        .find((line) => line.startsWith('pids'))
        ?.split(' ')
        .map(Number) ?? [];
    expect(pids).toHaveLength(2);
    expect(pids.every(runs)).toBe(true);
    if (how !== 'its own end') started.signal(how);
    await started.exited;
    await until(() => !pids.some(runs));
  });

  test('is not waited for: a program with nothing left to do ends although its watchdog runs', async () => {
    const outfile = join(folder, 'idle.cjs');
    const contents = `
      import { spawn } from 'node:child_process';
      import { reap } from './reaper';
      const child = spawn('sleep', ['300'], { stdio: 'ignore', detached: true });
      child.unref();
      reap(child);
      console.log(child.pid);
    `;
    await build({
      stdin: { contents, resolveDir: join(process.cwd(), 'libs/testing/src/process'), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
    });
    const pid = Number(execFileSync(process.execPath, [outfile], { encoding: 'utf8', timeout: 20_000 }));
    await until(() => !runs(pid));
    expect(pid).toBeGreaterThan(0);
  });
});
