import { z } from 'zod';

/**
 * What a schema says about a value's inner structure. `open` accepts anything below; `keyed` names its keys, or takes
 * any name (`rest`).
 */
export type Shape =
  | { readonly kind: 'open' }
  | { readonly kind: 'keyed'; readonly keys: ReadonlyMap<string, readonly Shape[]>; readonly rest: readonly Shape[] | undefined }
  | { readonly kind: 'list'; readonly items: readonly Shape[] }
  | { readonly kind: 'leaf' };

const OPEN: readonly Shape[] = [{ kind: 'open' }];

/** The shapes a value may have: one for each branch of a union. */
export const shapesOf = (schema: z.core.$ZodType, depth = 0): readonly Shape[] => {
  const inner = depth > 40 ? OPEN : unwrapped(schema, depth);
  return inner ?? structureOf(schema, depth);
};

/** Looks through wrappers and branches; undefined for a schema that is neither. */
const unwrapped = (schema: z.core.$ZodType, depth: number): readonly Shape[] | undefined => {
  const { core } = z;
  if (
    schema instanceof core.$ZodOptional ||
    schema instanceof core.$ZodNullable ||
    schema instanceof core.$ZodDefault ||
    schema instanceof core.$ZodPrefault ||
    schema instanceof core.$ZodNonOptional ||
    schema instanceof core.$ZodReadonly ||
    schema instanceof core.$ZodCatch
  ) {
    return shapesOf(schema._zod.def.innerType, depth + 1);
  }
  if (schema instanceof core.$ZodLazy) return shapesOf(schema._zod.def.getter(), depth + 1);
  if (schema instanceof core.$ZodPipe) {
    const { in: input, out: output } = schema._zod.def;
    return shapesOf(input instanceof core.$ZodTransform ? output : input, depth + 1);
  }
  if (schema instanceof core.$ZodUnion) return schema._zod.def.options.flatMap((option) => shapesOf(option, depth + 1));
  if (schema instanceof core.$ZodIntersection) return [...shapesOf(schema._zod.def.left, depth + 1), ...shapesOf(schema._zod.def.right, depth + 1)];
  return undefined;
};

const structureOf = (schema: z.core.$ZodType, depth: number): readonly Shape[] => {
  const { core } = z;
  if (schema instanceof core.$ZodObject) {
    const { shape, catchall } = schema._zod.def;
    const keys = new Map(Object.entries(shape).map(([key, inner]) => [key, shapesOf(inner, depth + 1)]));
    return [{ kind: 'keyed', keys, rest: catchall === undefined || catchall instanceof core.$ZodNever ? undefined : shapesOf(catchall, depth + 1) }];
  }
  if (schema instanceof core.$ZodRecord) return [{ kind: 'keyed', keys: new Map(), rest: shapesOf(schema._zod.def.valueType, depth + 1) }];
  if (schema instanceof core.$ZodArray) return [{ kind: 'list', items: shapesOf(schema._zod.def.element, depth + 1) }];
  if (
    schema instanceof core.$ZodAny ||
    schema instanceof core.$ZodUnknown ||
    schema instanceof core.$ZodCustom ||
    schema instanceof core.$ZodTransform ||
    schema instanceof core.$ZodMap ||
    schema instanceof core.$ZodTuple
  )
    return OPEN;
  return [{ kind: 'leaf' }];
};
