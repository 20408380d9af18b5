import type { ChildProcess } from 'node:child_process';

/** Children of this process that still run; none of them may outlive it. */
const children = new Set<ChildProcess>();
let hooked = false;

const killAll = (): void => {
  for (const child of children) child.kill('SIGKILL');
};

/** Sees to it that a child dies with this process, however this process ends short of SIGKILL. */
export const reap = (child: ChildProcess): void => {
  children.add(child);
  child.once('exit', () => children.delete(child));
  if (hooked) return;
  hooked = true;
  process.once('exit', killAll);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      killAll();
      process.kill(process.pid, signal);
    });
  }
};
