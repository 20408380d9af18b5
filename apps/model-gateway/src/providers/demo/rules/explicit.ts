import { isRecord, parseJson, type JsonRecord } from '../../../wires/json';

/** A tool that the person names. */
export interface NamedCall {
  readonly name: string;
  /** Undefined where the text behind the name is no JSON object. */
  readonly arguments: JsonRecord | undefined;
  /** What stands behind the name, as it was written. */
  readonly rest: string;
}

const FORMS = [
  /^\/tool\s+([\w.-]+)\s*(.*)$/is,
  /^(?:please\s+)?(?:use|call|run|invoke)\s+(?:the\s+)?tool\s+["'`]?([\w.-]+)["'`]?\s*(?:with\s*)?:?\s*(.*)$/is,
  /^(?:please\s+)?(?:use|call|run|invoke)\s+(?:the\s+)?["'`]?([\w.-]+)["'`]?\s+tool\s*(?:with\s*)?:?\s*(.*)$/is,
  /^请?(?:使用|调用|用)\s*工具\s*["'`「]?([\w.-]+)["'`」]?\s*[，,:：]?\s*(?:参数(?:是|为)?)?\s*[:：]?\s*(.*)$/is,
];

const pairs = (text: string): JsonRecord | undefined => {
  const found = [...text.matchAll(/([A-Za-z_]\w*)\s*=\s*("[^"]*"|'[^']*'|[^\s,，]+)/g)];
  if (found.length === 0) return undefined;
  return Object.fromEntries(found.map(([, key = '', value = '']) => [key, parseJson(value) ?? value.replace(/^["']|["']$/g, '')]));
};

const readCall = (text: string): NamedCall | undefined => {
  for (const form of FORMS) {
    const [, name, tail] = form.exec(text.trim()) ?? [];
    if (name === undefined) continue;
    const rest = (tail ?? '').trim();
    const value = parseJson(rest);
    return { name, rest, arguments: rest === '' ? {} : isRecord(value) ? value : pairs(rest) };
  }
  return undefined;
};

/** The tools a person names, one a line when every line names one. */
export const namedCalls = (text: string): readonly NamedCall[] => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1 && lines.every((line) => /^\s*\/tool\s/i.test(line))) return lines.flatMap((line) => readCall(line) ?? []);
  const one = readCall(text);
  return one === undefined ? [] : [one];
};
