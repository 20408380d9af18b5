import { mkdtempSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchFiles, type FileWatch, type WatchOptions } from './watch';

let folder = '';
const open: FileWatch[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watch-'))));
afterEach(() => {
  for (const watch of open.splice(0)) watch.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves at the first change that is noticed after `act`. */
const noticed = (path: string, options: WatchOptions, act: () => void): Promise<string> =>
  new Promise((resolve) => {
    open.push(watchFiles([path], () => resolve('noticed'), options));
    act();
  });

const NEVER_MS = 2_000_000;

describe('watching files', () => {
  it('notices an atomic rename from the events of the directory alone', async () => {
    const path = join(folder, 'a.yaml');
    writeFileSync(path, '1');
    const rename = (): void => {
      writeFileSync(join(folder, 'next'), '2');
      renameSync(join(folder, 'next'), path);
    };
    expect(await noticed(path, { debounceMs: 10, pollMs: NEVER_MS }, rename)).toBe('noticed');
  });

  it('notices by looking what no directory tells: a change behind a symbolic link', async () => {
    mkdirSync(join(folder, 'real'));
    mkdirSync(join(folder, 'seen'));
    writeFileSync(join(folder, 'real', 'a.yaml'), '1');
    symlinkSync(join(folder, 'real', 'a.yaml'), join(folder, 'seen', 'a.yaml'));
    expect(await noticed(join(folder, 'seen', 'a.yaml'), { debounceMs: 10, pollMs: 20 }, () => writeFileSync(join(folder, 'real', 'a.yaml'), '22'))).toBe(
      'noticed',
    );
  });

  it('notices a file whose directory did not exist before', async () => {
    const path = join(folder, 'later', 'a.yaml');
    const create = (): void => {
      mkdirSync(join(folder, 'later'));
      writeFileSync(path, '1');
    };
    expect(await noticed(path, { debounceMs: 10, pollMs: 20 }, create)).toBe('noticed');
  });
});
