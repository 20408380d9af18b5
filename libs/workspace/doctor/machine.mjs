import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { ok, problem, warning } from './finding.mjs';

const GIBIBYTE = 1024 ** 3;
const MIN_DISK_BYTES = 2 * GIBIBYTE;
/** A machine sold with 2 GB reports a little less. */
const MIN_MEMORY_BYTES = 1.8 * GIBIBYTE;
const gigabytes = (bytes) => `${(bytes / GIBIBYTE).toFixed(1)} GB`;

const existing = (path) => (existsSync(path) ? path : existing(dirname(path)));

/** @type {import('./finding.mjs').Check} */
export const disk = async ({ dataDir }) => {
  const { bavail, bsize } = await statfs(existing(dataDir));
  const free = bavail * bsize;
  const says = { en: `${gigabytes(free)} free for ${dataDir}`, zh: `${dataDir} 可用空间 ${gigabytes(free)}` };
  if (free >= MIN_DISK_BYTES) return ok(says);
  return problem(says, {
    en: 'Free at least 2 GB, or point ASSISTANT_DATA_DIR to a larger disk.',
    zh: '请释放至少 2 GB 空间，或将 ASSISTANT_DATA_DIR 指向更大的磁盘。',
  });
};

/** @type {import('./finding.mjs').Check} */
export const memory = async () => {
  const says = {
    en: `${gigabytes(totalmem())} of memory, ${availableParallelism()} processors`,
    zh: `内存 ${gigabytes(totalmem())}，处理器 ${availableParallelism()} 个`,
  };
  if (totalmem() >= MIN_MEMORY_BYTES) return ok(says);
  return warning(says, { en: '2 GB is the smallest machine this is made for.', zh: '建议至少 2 GB 内存。' });
};

/** @type {import('./finding.mjs').Check} */
export const clock = async () => {
  const now = Date.now();
  // No clock is earlier than the sources it runs.
  const newest = statSync(join(ROOT, 'package-lock.json')).mtimeMs;
  if (now > newest - 86_400_000) return ok({ en: `the clock says ${new Date(now).toISOString()}`, zh: `系统时间 ${new Date(now).toISOString()}` });
  return problem(
    {
      en: `the clock says ${new Date(now).toISOString()}, which is before these files were written`,
      zh: `系统时间 ${new Date(now).toISOString()} 早于本程序文件的写入时间`,
    },
    {
      en: 'Set the clock (timedatectl set-ntp true): signatures and certificates are refused by a wrong one.',
      zh: '请校准系统时间（timedatectl set-ntp true），否则签名与证书校验会失败。',
    },
  );
};
