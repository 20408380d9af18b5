import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats } from './start-nats';

const stores = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('nats-')).length;

test('a server can be killed and started again on its port and store', async () => {
  const storeDir = mkdtempSync(join(tmpdir(), 'kept-'));
  const nats = await startNats({ storeDir });
  const { pid, url } = nats;
  await nats.kill9();
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  await nats.restart();
  expect(nats.pid).not.toBe(pid);
  expect(nats.url).toBe(url);
  await nats.restart();
  await nats.stop();
  expect(existsSync(join(storeDir, 'jetstream'))).toBe(true);
  rmSync(storeDir, { recursive: true });
});

test('a taken port is an error in the words of the server, and no store is left behind', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const before = stores();
  await expect(startNats({ port: typeof address === 'object' && address !== null ? address.port : 0 })).rejects.toThrow(/address already in use/);
  expect(stores()).toBe(before);
  taken.close();
});
