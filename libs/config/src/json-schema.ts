import { z } from 'zod';
import type { Section } from './section';

interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Record<string, unknown>;
  readonly additionalProperties: boolean;
}

const objectSchema = (additionalProperties: boolean): ObjectSchema => ({ type: 'object', properties: {}, additionalProperties });

const isObjectSchema = (value: unknown): value is ObjectSchema =>
  typeof value === 'object' && value !== null && 'properties' in value && typeof value.properties === 'object' && 'type' in value && value.type === 'object';

/** Keys that no schema names are refused when the configuration is read; editors should say so, too. */
const closeObjects = ({ jsonSchema }: { readonly jsonSchema: { properties?: unknown; additionalProperties?: unknown } }): void => {
  if (jsonSchema.properties !== undefined && jsonSchema.additionalProperties === undefined) jsonSchema.additionalProperties = false;
};

/** JSON Schema (draft 2020-12) of a configuration file made of these sections, for editors and the docs. */
export const jsonSchemaOf = (sections: readonly Section<unknown>[]): Readonly<Record<string, unknown>> => {
  const root = objectSchema(false);
  for (const { key, doc, schema } of new Set(sections)) {
    const path = key.split('.');
    const last = path.pop() ?? key;
    let level = root;
    for (const part of path) {
      const existing = level.properties[part];
      const next = isObjectSchema(existing) ? existing : objectSchema(false);
      level.properties[part] = next;
      level = next;
    }
    const { $schema: _dialect, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: closeObjects });
    level.properties[last] = { description: doc, ...own };
  }
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Configuration', ...root };
};
