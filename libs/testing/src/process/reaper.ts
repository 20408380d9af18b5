import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * A shell that reads `+ pid` and `- pid` and, when the pipe closes, kills the groups that are left. Handlers of this
 * process are not enough: under jest they never run, and no handler runs on SIGKILL. A pipe closes either way.
 */
const WATCHDOG = `
left=' '
while read -r sign pid; do
  case $sign in
    +) left="$left$pid " ;;
    -) kept=' '; for one in $left; do [ "$one" = "$pid" ] || kept="$kept$one "; done; left=$kept ;;
  esac
done
for one in $left; do kill -9 "-$one" || kill -9 "$one"; done 2>/dev/null
`;

const children = new Set<number>();
let watchdog: ChildProcess | undefined;

const startWatchdog = (): ChildProcess => {
  const shell = spawn('/bin/sh', ['-c', WATCHDOG], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // Losing it costs the clean-up after a violent end, not the work that is going on.
  shell.on('error', () => undefined);
  shell.stdin?.on('error', () => undefined);
  shell.unref();
  // A pipe is a socket to Node: unreferenced, it holds up nobody's end.
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return shell;
};

/**
 * Sees to it that a child dies with this process, however this process ends: by itself, by any signal, or inside jest.
 * A child that was spawned `detached` takes everything it started with it.
 */
export const reap = (child: ChildProcess): void => {
  const { pid } = child;
  if (pid === undefined) return;
  watchdog ??= startWatchdog();
  children.add(pid);
  watchdog.stdin?.write(`+ ${pid}\n`);
  child.once('exit', () => {
    children.delete(pid);
    watchdog?.stdin?.write(`- ${pid}\n`);
    if (children.size > 0) return;
    watchdog?.stdin?.end();
    watchdog = undefined;
  });
};
