import { statSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';

export interface FileWatch {
  /** Looks at other files from now on. */
  follow(paths: readonly string[]): void;
  close(): void;
}

export interface WatchOptions {
  readonly debounceMs?: number;
  readonly pollMs?: number;
}

/**
 * Calls `onChange` after files were written, replaced, created or removed. Directories are watched rather than files,
 * because editors and Kubernetes replace what they change; a look at the files' times every second covers file systems
 * that tell nothing. Changes in quick succession are one.
 */
export const watchFiles = (paths: readonly string[], onChange: () => void, { debounceMs = 150, pollMs = 1000 }: WatchOptions = {}): FileWatch => {
  let followed = paths;
  let times = timesOf(followed);
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();

  const notice = (): void => {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      times = timesOf(followed);
      onChange();
    }, debounceMs);
    timer.unref();
  };
  const watchDirectories = (): void => {
    const wanted = new Set(followed.map(dirname));
    for (const [directory, watcher] of watchers) {
      if (wanted.has(directory)) continue;
      watcher.close();
      watchers.delete(directory);
    }
    for (const directory of wanted) {
      if (watchers.has(directory)) continue;
      const watcher = tryWatch(directory, notice);
      watcher?.on('error', () => {
        watcher.close();
        watchers.delete(directory);
      });
      if (watcher !== undefined) watchers.set(directory, watcher);
    }
  };
  const poll = setInterval(() => {
    const now = timesOf(followed);
    if (now !== times) {
      times = now;
      notice();
    }
    watchDirectories();
  }, pollMs);
  poll.unref();
  watchDirectories();
  return {
    follow: (next) => {
      followed = next;
      times = timesOf(followed);
      watchDirectories();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      clearInterval(poll);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
};

const tryWatch = (directory: string, onEvent: () => void): FSWatcher | undefined => {
  try {
    return watch(directory, { persistent: false }, onEvent);
  } catch {
    return undefined;
  }
};

/** Inode, size and time of every file, through symbolic links. */
const timesOf = (paths: readonly string[]): string =>
  paths
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      return stat === undefined ? '-' : `${stat.ino}:${stat.size}:${stat.mtimeNs}`;
    })
    .join('|');
