import { Secret } from '@assistant/contracts';
import { z } from 'zod';

/**
 * One part of the configuration, declared by its owner beside the owner's code. `key` is a dotted path:
 * `rate_limiting`, `platforms.telegram`.
 */
export interface Section<T> {
  readonly key: string;
  /** One sentence; the configuration page of the docs is printed from it. */
  readonly doc: string;
  readonly schema: z.ZodType<T>;
}

export const defineSection = <T>(key: string, doc: string, schema: z.ZodType<T>): Section<T> => ({ key, doc, schema });

/** A value that is never printed. */
export const secretField = (): z.ZodType<Secret, string> =>
  z
    .string()
    .min(1)
    .transform((value) => new Secret(value));

const UNITS = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** A size such as `256MB`, or a number of bytes. Units are powers of 1,024. */
export const bytesField = (): z.ZodType<number, string | number> =>
  z.union([z.number().int().nonnegative(), z.string().regex(/^\d+(\.\d+)?\s*(B|KB|MB|GB)$/i, 'must be a size such as 256MB')]).transform((value) => {
    if (typeof value === 'number') return value;
    const [, amount = '0', , unit = 'B'] = /^(\d+(\.\d+)?)\s*(B|KB|MB|GB)$/i.exec(value) ?? [];
    const factor = Object.entries(UNITS).find(([name]) => name === unit.toUpperCase())?.[1] ?? 1;
    return Math.round(Number(amount) * factor);
  });
