import { Refusal, say } from '../setup/say.mjs';

/** @typedef {{ name: string, passed: number, failed: number, seconds: number, note?: string }} StepResult */

/**
 * Runs one step of the test and says how it went. `work` gives `{ passed, failed }`, or a boolean where the step
 * counts as one; a thrown error is a failure.
 * @param {string} name
 * @param {() => Promise<boolean | { passed: number, failed: number, note?: string }>} work
 * @returns {Promise<StepResult>}
 */
export const step = async (name, work) => {
  say(`\n── ${name}`);
  const started = Date.now();
  const result = await work().catch((error) => {
    say(error instanceof Refusal ? error.message : (error?.stack ?? String(error)));
    return false;
  });
  const counts = typeof result === 'boolean' ? { passed: result ? 1 : 0, failed: result ? 0 : 1 } : result;
  return { name, ...counts, seconds: (Date.now() - started) / 1000 };
};

/**
 * A table of the steps, and as the last line of standard output `N passed, N failed`.
 * @param {readonly StepResult[]} results
 * @returns {number} the exit code
 */
export const summarise = (results) => {
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log('');
  for (const { name, passed, failed, seconds, note } of results) {
    const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
    console.log(
      `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${counts}  ${seconds.toFixed(1).padStart(6)} s${note === undefined ? '' : `  ${note}`}`,
    );
  }
  const total = (/** @type {'passed' | 'failed'} */ key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 && total('passed') > 0 ? 0 : 1;
};
