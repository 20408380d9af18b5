import type { RawRequest } from '../platform';
import type { IntakeBench, NamedRequest } from './bench';

/** A genuine request spoilt in every way that does not take knowledge of the vendor. */
export const forgeries = (genuine: RawRequest, { credentials, coversBody }: Pick<IntakeBench, 'credentials' | 'coversBody'>): readonly NamedRequest[] => [
  ...credentials.flatMap(({ in: place, name }) =>
    spoiltValues(valueOf(genuine, place, name)).map(({ what, value }) => ({ what: `${name} ${what}`, request: withValue(genuine, place, name, value) })),
  ),
  ...(coversBody ? [{ what: 'one flipped bit in the body', request: { ...genuine, body: flipped(genuine.body) } }] : []),
];

const valueOf = ({ headers, query }: RawRequest, place: 'header' | 'query', name: string): string => {
  const value = place === 'header' ? headers[name] : query[name];
  if (value === undefined) throw new Error(`the bench's message carries no ${place} ${name}`);
  return value;
};

const withValue = (request: RawRequest, place: 'header' | 'query', name: string, value: string | undefined): RawRequest => {
  const changed = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(values).flatMap(([key, old]) => (key !== name ? [[key, old]] : value === undefined ? [] : [[key, value]])));
  return place === 'header' ? { ...request, headers: changed(request.headers) } : { ...request, query: changed(request.query) };
};

const spoiltValues = (value: string): readonly { readonly what: string; readonly value: string | undefined }[] => {
  // The last character of Base64 may hold bits that mean nothing; the middle never does.
  const middle = Math.floor(value.length / 2);
  const other = value.charAt(middle) === 'A' ? 'B' : 'A';
  return [
    { what: 'is missing', value: undefined },
    { what: 'is empty', value: '' },
    { what: 'has one other character', value: value.slice(0, middle) + other + value.slice(middle + 1) },
    { what: 'is cut short', value: value.slice(0, -1) },
    { what: 'is longer', value: `${value}A` },
    { what: 'holds no ASCII', value: `${value.slice(0, -1)}\u00e9` },
  ];
};

const flipped = (body: Buffer): Buffer => {
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  copy.writeUInt8(copy.readUInt8(middle) ^ 1, middle);
  return copy;
};

/** The same value in other bytes. A body that is no JSON only gets a line end. */
export const layouts = (body: Buffer): readonly { readonly what: string; readonly body: Buffer }[] => {
  const value = parsed(body);
  if (value === undefined) return [{ what: 'a trailing line end', body: Buffer.concat([body, Buffer.from('\n')]) }];
  const written = JSON.stringify(value);
  return [
    { what: 'a trailing line end', body: Buffer.from(`${written}\r\n`) },
    { what: 'spaces and line ends', body: Buffer.from(JSON.stringify(value, null, '\t')) },
    { what: 'keys in another order', body: Buffer.from(JSON.stringify(reversed(value))) },
    { what: 'escaped characters', body: Buffer.from(written.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)) },
    {
      what: 'a field that nobody knows',
      body: Buffer.from(
        JSON.stringify(typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, x_unknown: { deep: [1, null] } } : value),
      ),
    },
  ];
};

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};
