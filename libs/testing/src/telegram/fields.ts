import { badRequest } from './refusal';

export type Fields = Readonly<Record<string, unknown>>;

export interface UploadedFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Buffer;
}

/** Multipart sends every value as text; JSON and numbers are read back from it, as the real API does. */
const unwrapped = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^(?:[[{]|-?\d+$|true$|false$)/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

export const textField = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw badRequest(`field "${name}" must be a string`);
  return value;
};

export const integerField = (fields: Fields, name: string): number | undefined => {
  const value = unwrapped(fields[name]);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw badRequest(`field "${name}" must be an integer`);
  return value;
};

export const objectField = (fields: Fields, name: string): Fields | undefined => {
  const value = unwrapped(fields[name]);
  if (value === undefined) return undefined;
  if (!isFields(value)) throw badRequest(`object expected as ${name}`);
  return value;
};

export const listField = (fields: Fields, name: string): readonly unknown[] | undefined => {
  const value = unwrapped(fields[name]);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw badRequest(`array expected as ${name}`);
  return value.map((item: unknown) => item);
};

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that the method does not have is a mistake of ours, though the real API would pass over it. */
export const onlyFields = (fields: Fields, allowed: readonly string[]): void => {
  const unknown = Object.keys(fields).find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw badRequest(`this fake knows no field "${unknown}" of the method`);
};
