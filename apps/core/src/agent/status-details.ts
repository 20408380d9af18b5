/**
 * Reads `grpc-status-details-bin`: google.rpc.Status { code = 1, message = 2, details = 3 (Any) }, with ErrorInfo
 * { reason = 1, domain = 2, metadata = 3 } and RetryInfo { retry_delay = 1 (Duration) } among the details.
 * Source: googleapis/google/rpc/{status,error_details}.proto.
 */
export interface StatusDetails {
  /** Our error code, as the service wrote it. */
  readonly reason?: string;
  readonly domain?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number;
}

interface Field {
  readonly number: number;
  /** Set for length-delimited fields. */
  readonly bytes: Uint8Array;
  /** Set for varint fields. */
  readonly value: number;
}

const EMPTY = new Uint8Array(0);
const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** The details, or nothing where the bytes are not a Status: they come from the network and are never trusted. */
export const readStatusDetails = (bytes: Uint8Array): StatusDetails => {
  const found: { reason?: string; domain?: string; retryAfterMs?: number; metadata: Record<string, string> } = { metadata: {} };
  for (const detail of fields(bytes)) {
    if (detail.number !== 3) continue;
    const any = fields(detail.bytes);
    const type = text(any.find(({ number }) => number === 1)?.bytes ?? EMPTY);
    const value = any.find(({ number }) => number === 2)?.bytes ?? EMPTY;
    if (type.endsWith('/google.rpc.ErrorInfo')) {
      for (const { number, bytes: content } of fields(value)) {
        if (number === 1) found.reason = text(content);
        if (number === 2) found.domain = text(content);
        if (number === 3) {
          const [key, entry] = [1, 2].map((wanted) => text(fields(content).find((field) => field.number === wanted)?.bytes ?? EMPTY));
          if (key !== undefined && entry !== undefined) found.metadata[key] = entry;
        }
      }
    }
    if (type.endsWith('/google.rpc.RetryInfo')) {
      const duration = fields(fields(value).find(({ number }) => number === 1)?.bytes ?? EMPTY);
      const part = (wanted: number) => duration.find(({ number }) => number === wanted)?.value ?? 0;
      found.retryAfterMs = part(1) * 1000 + Math.round(part(2) / 1e6);
    }
  }
  return found;
};

/** The fields of one protobuf message; stops at the first thing that is not one. */
const fields = (bytes: Uint8Array): readonly Field[] => {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number | undefined => {
    let result = 0;
    for (let shift = 0; shift < 10; shift++) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      result += (byte & 0x7f) * 2 ** (7 * shift);
      if (byte < 0x80) return result;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === undefined) break;
    const wire = tag % 8;
    const number = Math.floor(tag / 8);
    if (wire === 0) {
      const value = varint();
      if (value === undefined) break;
      found.push({ number, value, bytes: EMPTY });
    } else if (wire === 2) {
      const length = varint();
      if (length === undefined || at + length > bytes.length) break;
      found.push({ number, value: 0, bytes: bytes.subarray(at, at + length) });
      at += length;
    } else if (wire === 1 || wire === 5) {
      at += wire === 1 ? 8 : 4;
    } else {
      break;
    }
  }
  return found;
};
