const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

/**
 * How long a provider asks us to wait, milliseconds: `retry-after-ms` (OpenAI), then `Retry-After` in seconds or as an
 * HTTP date (RFC 9110, 10.2.3). Undefined where it says nothing readable.
 */
export const retryAfterMs = (headers: Readonly<Record<string, string | string[] | undefined>>, now: number): number | undefined => {
  const exact = first(headers['retry-after-ms']).trim();
  if (/^\d+(\.\d+)?$/.test(exact)) return Math.ceil(Number(exact));
  const text = first(headers['retry-after']).trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
