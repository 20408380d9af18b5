import { AssistantError, isAssistantError } from '@assistant/contracts';
import { z } from 'zod';
import { normaliseExpression } from '../../calculator/expression';
import { defineTool } from '../tool';

const EVALUATION_MS = 1_000;

const input = z.strictObject({
  expression: z
    .string()
    .min(1)
    .max(2_000)
    .describe('For example: 2*(3+4)^2 · sqrt(2) · 15% of 80 · 5 inch to cm · 70 degF to degC · det([1,2;3,4]) · mean(3,5,9) · 2^200 · 17 mod 5'),
});

const CURRENCY = /\b(USD|EUR|CNY|RMB|GBP|JPY|HKD|dollars?|euros?|yuan)\b/i;

export const calculate = defineTool({
  name: 'calculate',
  title: { en: 'Calculator', zh: '计算器' },
  description:
    'Evaluates an arithmetic expression exactly: numbers of any size, percentages, functions, statistics, matrices, complex numbers and physical units ("3 mi to km"). Use it for every calculation. It knows no currencies, no variables from earlier calls, and solves no equations.',
  input,
  risk: 'read',
  effects: 'none',
  retrySafe: true,
  readsPrivate: false,
  ingestsUntrusted: false,
  timeoutMs: 20_000,
  run: async ({ expression }, { workers, signal }) => {
    const normal = normaliseExpression(expression);
    if (normal === '') throw new AssistantError('tool_invalid_arguments', 'expression: is empty');
    try {
      return String(await workers.calculator.run(normal, { timeoutMs: EVALUATION_MS, signal }));
    } catch (error) {
      if (CURRENCY.test(expression) && isAssistantError(error) && error.code === 'tool_failed')
        throw new AssistantError('tool_failed', 'Currencies are not known here: their rates change. Look the rate up and calculate with the number.', {
          cause: error,
        });
      throw error;
    }
  },
});
