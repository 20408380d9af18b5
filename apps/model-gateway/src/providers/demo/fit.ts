import type { ToolDefinition } from '@assistant/contracts';
import { isRecord, listOf, parseJson, type JsonRecord } from '../../wires/json';
import type { Meanings } from './rules/rule';

/** Field names under which tools ask for the same thing. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  expression: ['expression', 'expr', 'formula', 'query', 'input'],
  time_zone: ['time_zone', 'timezone', 'tz', 'zone', 'location', 'city'],
  when: ['when', 'at', 'time', 'due', 'due_at', 'date', 'start', 'schedule', 'moment'],
  until: ['until', 'to', 'end', 'target', 'when'],
  url: ['url', 'uri', 'address', 'link', 'href'],
  path: ['path', 'file', 'filename', 'file_path', 'source', 'table'],
  content: ['content', 'text', 'data', 'body'],
  pattern: ['glob', 'pattern', 'name', 'query', 'path'],
  sql: ['sql', 'query', 'statement'],
  text: ['text', 'message', 'content', 'title', 'what', 'note', 'body', 'prompt', 'query'],
};

interface Fields {
  readonly properties: JsonRecord;
  readonly required: readonly string[];
}

const fieldsOf = ({ parameters }: ToolDefinition): Fields => {
  const schema = parseJson(parameters);
  const properties = isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {};
  const required = isRecord(schema) ? listOf(schema['required']).filter((name) => typeof name === 'string') : [];
  return { properties, required };
};

const takesText = (property: unknown): boolean => !isRecord(property) || property['type'] === undefined || property['type'] === 'string';

/**
 * The arguments in the tool's own field names. Undefined when a required field stays empty, for then the call could
 * only fail.
 */
export const fit = (tool: ToolDefinition, meanings: Meanings): JsonRecord | undefined => {
  const { properties, required } = fieldsOf(tool);
  const names = Object.keys(properties);
  const found: Record<string, unknown> = {};
  const homeless: string[] = [];
  for (const [meaning, value] of Object.entries(meanings)) {
    const field = (NAMES[meaning] ?? [meaning]).find((name) => names.includes(name) && found[name] === undefined);
    if (field === undefined) homeless.push(value);
    else found[field] = isRecord(properties[field]) && properties[field]['type'] === 'array' ? [value] : value;
  }
  for (const field of required) {
    if (found[field] !== undefined || !takesText(properties[field])) continue;
    const value = homeless.shift();
    if (value !== undefined) found[field] = value;
  }
  return required.every((field) => found[field] !== undefined) ? found : undefined;
};

/** Plain text behind a tool's name goes into its first required text field, else into its only one. */
export const fitText = (tool: ToolDefinition, text: string): JsonRecord | undefined => {
  const { properties, required } = fieldsOf(tool);
  const field = required.find((name) => takesText(properties[name])) ?? Object.keys(properties).find((name) => takesText(properties[name]));
  return field === undefined ? undefined : { [field]: text };
};
