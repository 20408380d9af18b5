import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { folderWith } from '../testing/fake-files.mjs';
import { exclusive, isAlive } from './exclusive.mjs';
import { askNats } from './nats-info.mjs';
import { natsFile, provideNats, readNatsFile, runningNats } from './nats-process.mjs';
import { findNats, findNatsBinary } from './nats.mjs';
import { ROOT } from './paths.mjs';

const LIMIT_MS = 20_000;
const until = async (condition) => {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await wait(20);
  }
};

const cleanUp = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const dataFolder = () => {
  const { root, remove } = folderWith({});
  cleanUp.push(remove);
  return root;
};

/** A process that owns the broker of a data directory and waits to be killed. */
const ownerOf = async (dataDir) => {
  const script = `
    import { provideNats } from ${JSON.stringify(join(ROOT, 'libs/workspace/setup/nats-process.mjs'))};
    import { startWatchdog } from ${JSON.stringify(join(ROOT, 'libs/workspace/setup/watchdog.mjs'))};
    import { findNatsBinary } from ${JSON.stringify(join(ROOT, 'libs/workspace/setup/nats.mjs'))};
    const watchdog = process.argv[2] === 'watched' ? startWatchdog() : { watch: () => undefined };
    await provideNats(await findNatsBinary(), process.argv[1], (pid) => watchdog.watch({ broker: pid }));
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  return async (watched) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir, watched ? 'watched' : ''], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return child;
  };
};

const killHard = async (child) => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

describe('the broker of a data directory', () => {
  test('starts on loopback with its store there, and is gone after stop', async () => {
    const dataDir = dataFolder();
    const broker = await provideNats(await findNatsBinary(), dataDir);
    const { port, pid } = readNatsFile(dataDir);
    assert.equal((await askNats(port)).jetstream, true);
    assert.match(broker.url, /^nats:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(existsSync(join(dataDir, 'nats')));
    await broker.stop();
    assert.equal(isAlive(pid), false);
    assert.equal(existsSync(natsFile(dataDir)), false);
  });

  test('is used by a second process, which leaves it running', async () => {
    const dataDir = dataFolder();
    const owner = await (await ownerOf(dataDir))(true);
    cleanUp.push(() => killHard(owner));
    const { url, pid } = readNatsFile(dataDir);
    const second = await provideNats(await findNatsBinary(), dataDir);
    assert.equal(second.url, url);
    await second.stop();
    assert.ok(isAlive(pid));
  });

  test('is started again when it dies', async () => {
    const dataDir = dataFolder();
    const broker = await provideNats(await findNatsBinary(), dataDir);
    cleanUp.push(() => broker.stop());
    const first = readNatsFile(dataDir).pid;
    process.kill(first, 'SIGKILL');
    await until(async () => readNatsFile(dataDir).pid !== first && (await runningNats(dataDir)) !== undefined);
    assert.equal((await runningNats(dataDir)).url, broker.url);
  });

  test('ends when its owner is killed', async () => {
    const dataDir = dataFolder();
    const owner = await (await ownerOf(dataDir))(true);
    const { pid } = readNatsFile(dataDir);
    await killHard(owner);
    await until(() => !isAlive(pid));
  });

  test('that outlived its owner is replaced, with the same data', async () => {
    const dataDir = dataFolder();
    const owner = await (await ownerOf(dataDir))(false);
    const left = readNatsFile(dataDir).pid;
    await killHard(owner);
    assert.ok(isAlive(left));
    const broker = await provideNats(await findNatsBinary(), dataDir);
    cleanUp.push(() => broker.stop());
    assert.equal(isAlive(left), false);
    assert.equal(readNatsFile(dataDir).owner, process.pid);
  });

  test('that cannot start says why', async () => {
    const { root, remove } = folderWith({ 'fake-nats': '#!/bin/sh\necho "no room for me"\nexit 3\n' });
    cleanUp.push(remove);
    chmodSync(join(root, 'fake-nats'), 0o755);
    await assert.rejects(provideNats({ kind: 'binary', binary: join(root, 'fake-nats'), version: '2.10.0' }, join(root, 'data')), /no room for me/);
  });
});

describe('the ladder to a broker', () => {
  test('begins with NATS_URL', async () => {
    const before = process.env['NATS_URL'];
    process.env['NATS_URL'] = 'nats://broker.example:4222';
    cleanUp.push(() => (before === undefined ? delete process.env['NATS_URL'] : (process.env['NATS_URL'] = before)));
    assert.deepEqual(await findNats(), { kind: 'url', url: 'nats://broker.example:4222', source: 'NATS_URL' });
  });

  test('passes over a program that is too old', async () => {
    const { root, remove } = folderWith({ 'nats-server': '#!/bin/sh\necho "nats-server: v2.8.4"\n' });
    cleanUp.push(remove);
    chmodSync(join(root, 'nats-server'), 0o755);
    const before = process.env['NATS_SERVER_BIN'];
    process.env['NATS_SERVER_BIN'] = join(root, 'nats-server');
    cleanUp.push(() => (before === undefined ? delete process.env['NATS_SERVER_BIN'] : (process.env['NATS_SERVER_BIN'] = before)));
    assert.notEqual((await findNatsBinary())?.binary, join(root, 'nats-server'));
  });
});

test('npm hands signals to the program itself, not to a shell around it', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const name of ['start', 'test', 'bench', 'drill']) assert.match(scripts[name], /^exec node /);
});

describe('work that only one process may do', () => {
  test('is done one after the other', async () => {
    const file = join(dataFolder(), 'lock');
    const order = [];
    const first = exclusive(file, async () => {
      await wait(50);
      order.push('first');
    });
    const second = exclusive(file, async () => order.push('second'));
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first', 'second']);
    assert.equal(existsSync(file), false);
  });

  test('is taken over from a process that died', async () => {
    const file = join(dataFolder(), 'lock');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    writeFileSync(file, String(child.pid));
    assert.equal(await exclusive(file, async () => readFileSync(file, 'utf8')), String(process.pid));
  });
});
