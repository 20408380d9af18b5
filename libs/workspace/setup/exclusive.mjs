import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './say.mjs';

export const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const holderOf = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};

const POLL_MS = 200;
const WAIT_LIMIT_MS = 10 * 60_000;

/**
 * Runs `work` while no other process runs work under the same lock file. A lock whose holder died is taken over.
 * Throws after ten minutes of waiting.
 */
export const exclusive = async (file, work) => {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + WAIT_LIMIT_MS;
  let told = false;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(file);
    // An empty file is one that its holder is just writing; it gets one more round.
    if (holder === 0) await wait(POLL_MS);
    if (holderOf(file) === holder && (holder === 0 || !isAlive(holder))) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > deadline) throw new Error(`process ${holder} has held ${file} for ten minutes; end it or delete the file`);
    if (!told) say(`Waiting for process ${holder}, which is doing the same …`);
    told = true;
    await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    if (holderOf(file) === process.pid) rmSync(file, { force: true });
  }
};
