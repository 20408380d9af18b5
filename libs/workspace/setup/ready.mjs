import { ensureInstalled } from './install.mjs';
import { findRuntime } from './runtime.mjs';

/** Packages installed, and the Node to run on. Every command begins here. */
export const ready = async () => {
  await ensureInstalled();
  return findRuntime();
};
