import { spawn } from 'node:child_process';

/**
 * Ends the service, then the broker, should the process that started them die without a chance to do so (kill -9).
 * A shell in a session of its own reads the pids from a pipe; the pipe's end is our end. On Windows there is no such
 * shell: there the next start takes the broker over by its pid file.
 */
const SCRIPT = `
while read -r pids; do last=$pids; done
set -- $last
[ "$1" = stop ] && exit 0
service=$1 broker=$2
if [ "$service" != 0 ]; then
  kill -TERM "$service" 2>/dev/null
  n=0
  while kill -0 "$service" 2>/dev/null && [ $n -lt 30 ]; do sleep 1; n=$((n + 1)); done
  kill -KILL "$service" 2>/dev/null
fi
[ "$broker" != 0 ] && kill -TERM "$broker" 2>/dev/null
exit 0
`;

/** Watches over two processes; 0 stands for none. */
export const startWatchdog = () => {
  if (process.platform === 'win32') return { watch: () => undefined, stop: () => undefined };
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'assistant-watchdog'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  const pids = { service: 0, broker: 0 };
  const tell = (line) => child.stdin.writable && child.stdin.write(`${line}\n`);
  return {
    watch: (change) => {
      Object.assign(pids, change);
      tell(`${pids.service} ${pids.broker}`);
    },
    stop: () => {
      tell('stop');
      child.stdin.end();
    },
  };
};
