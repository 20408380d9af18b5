import { connect, createServer } from 'node:net';

/** What a NATS server says when one connects (its INFO line), or undefined when none answers in time. */
export const askNats = (port, { host = '127.0.0.1', timeoutMs = 1000 } = {}) =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    let said = '';
    const end = (answer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), timeoutMs);
    socket.on('error', () => end(undefined));
    socket.on('close', () => end(undefined));
    socket.on('data', (data) => {
      said += data;
      const info = /^INFO (\{.*\})/m.exec(said)?.[1];
      if (info === undefined) return;
      try {
        end(JSON.parse(info));
      } catch {
        end(undefined);
      }
    });
  });

/** Whether anything listens on a port of this machine. */
export const isListening = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });

/** A port nobody uses now. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
