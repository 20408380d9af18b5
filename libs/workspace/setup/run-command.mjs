import { spawn } from 'node:child_process';

/**
 * Runs a command to its end. Resolves with its exit code (128 + signal number when a signal ended it) and, where
 * `capture` is set, with what it printed; otherwise it prints to our own terminal. Never throws for a failing command.
 */
export const runCommand = (file, args, { capture = false, ...options } = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, { stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => resolve({ code: code ?? signalCode(signal), output }));
  });

/** The exit code a shell gives to a process that a signal ended. */
export const signalCode = (signal) => 128 + ({ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1);

/** Forwards termination to a child and resolves with its exit code. */
export const runUntilEnd = (file, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
    const listeners = signals.map((signal) => [signal, () => forward(signal)]);
    for (const [signal, listener] of listeners) process.on(signal, listener);
    const end = (code) => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
      resolve(code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code, signal) => end(code ?? signalCode(signal)));
  });
