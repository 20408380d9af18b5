// Evaluates expressions; an entry of its own, run as a worker thread (see pool.ts). It imports packages only, so that
// Node can run it from its source as well.
import { parentPort } from 'node:worker_threads';
import { all, create, type BigNumber, type FactoryFunctionMap } from 'mathjs';

/** Digits of a result that is no integer. */
const PRECISION = 15;
/** Integers are written out in full up to here. */
const WHOLE_LIMIT = '1e60';
/** Below this lie the last digits' errors: sin(pi) is 3e-64 with 64 digits. */
const NOISE = '1e-60';
/** The same for complex numbers, which have ordinary precision: e^(i pi) is -1 + 1e-16 i. */
const COMPLEX_NOISE = 1e-14;
const MAX_RESULT_CHARACTERS = 200_000;

const everything: FactoryFunctionMap = all ?? {};

// What could change the evaluator, parse text again or reach beyond arithmetic (mathjs.org/docs/expressions/security.html).
const CLOSED = [
  'import',
  'createUnit',
  'reviver',
  'evaluate',
  'parse',
  'compile',
  'parser',
  'simplify',
  'simplifyCore',
  'simplifyConstant',
  'rationalize',
  'derivative',
  'resolve',
  'symbolicEqual',
  'leafCount',
  'help',
  'chain',
  'print',
];

/** These the evaluator needs itself, so they are only hidden from expressions. A changed configuration would outlive its expression. */
const HIDDEN = ['config', 'typed', 'reviver'];

type Evaluator = (expression: string) => string;

const createEvaluator = (number: 'BigNumber' | 'number'): Evaluator => {
  const math = create(everything, { number, precision: 64 });
  const { evaluate, format } = math;
  const refuse = (name: string) => () => {
    throw new Error(`The function ${name} is not available.`);
  };
  math.import(Object.fromEntries(CLOSED.map((name) => [name, refuse(name)])), { override: true });

  const isBigNumber = (value: unknown): value is BigNumber => math.isBigNumber(value);

  const show = (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (typeof value === 'function') throw new Error('The expression is a function. Call it with values.');
    return format(value, (item: unknown): string => {
      if (isBigNumber(item)) {
        if (item.abs().lt(NOISE)) return '0';
        if (item.isInteger() && item.abs().lt(WHOLE_LIMIT)) return item.toFixed(0);
      }
      return format(item, { precision: PRECISION, lowerExp: -9, upperExp: 15 });
    });
  };

  const withoutNoise = (value: unknown): unknown => {
    if (!math.isComplex(value)) return value;
    const size = Math.hypot(value.re, value.im) * COMPLEX_NOISE;
    return math.complex(Math.abs(value.re) < size ? 0 : value.re, Math.abs(value.im) < size ? 0 : value.im);
  };

  /** Statements give a set of results; the last one counts. */
  const lastResult = (value: unknown): unknown => (math.isResultSet(value) ? value.entries.at(-1) : value);

  return (expression) => show(withoutNoise(lastResult(evaluate(expression, new Map(HIDDEN.map((name) => [name, refuse(name)]))))));
};

const exact = createEvaluator('BigNumber');
let ordinary: Evaluator | undefined;

const evaluateText: Evaluator = (expression) => {
  try {
    return exact(expression);
  } catch (error) {
    // Some functions (gamma, erf, fft) know ordinary numbers only.
    if (!/BigNumber/.test(String(error))) throw error;
    ordinary ??= createEvaluator('number');
    return ordinary(expression);
  }
};

parentPort?.on('message', (expression: unknown) => {
  try {
    if (typeof expression !== 'string') throw new Error('not an expression');
    parentPort?.postMessage({ result: evaluateText(expression).slice(0, MAX_RESULT_CHARACTERS) });
  } catch (error) {
    parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});
parentPort?.postMessage({ ready: true });
