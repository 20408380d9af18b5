import { AssistantError } from '@assistant/contracts';

/** One block of a `text/event-stream`, as WHATWG HTML 9.2.6 splits it. */
export interface SseFrame {
  /** The `event` field; empty where there is none. */
  readonly event: string;
  /** The `data` lines joined by LF; undefined for a block of comments or other fields alone. */
  readonly data: string | undefined;
  /** True for JSON that stands in the stream without `data:`, as some servers write an error. */
  readonly bare: boolean;
  /** The bytes of the block with its blank line, as they came. */
  readonly bytes: Buffer;
}

/** Pictures travel in single events as base64. */
const MAX_EVENT_BYTES = 16 * 1024 ** 2;
const LF = 0x0a;
const CR = 0x0d;
const EMPTY: Buffer = Buffer.alloc(0);

/**
 * Splits a byte stream into events, whatever the chunks: LF, CRLF and CR line ends, a CR and its LF in two chunks,
 * characters in two chunks, a BOM, comments, and a last event without its blank line. An event is handed out with the
 * byte that ends it. Throws `upstream_line_too_long` when one event outgrows `maxEventBytes`.
 */
export class SseReader {
  #pending: Buffer = EMPTY;
  /** Bytes of `#pending` known to hold no unread line end. */
  #scanned = 0;
  #lineStart = 0;
  #skipLineFeed = false;
  #first = true;
  #data: string[] = [];
  #hasData = false;
  #bare = false;
  #event = '';
  readonly #maxEventBytes: number;

  constructor(maxEventBytes: number = MAX_EVENT_BYTES) {
    this.#maxEventBytes = maxEventBytes;
  }

  push(chunk: Uint8Array): readonly SseFrame[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const buffer = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const frames: SseFrame[] = [];
    let blockStart = 0;
    let at = this.#scanned;
    const hasReturns = bytes.indexOf(CR) !== -1;
    for (;;) {
      if (this.#skipLineFeed && at < buffer.length) {
        this.#skipLineFeed = false;
        if (buffer[at] === LF) {
          at += 1;
          this.#lineStart = at;
        }
      }
      const end = hasReturns ? nextLineEnd(buffer, at) : buffer.indexOf(LF, at);
      if (end === -1) break;
      at = end + 1;
      if (buffer[end] === CR) this.#skipLineFeed = true;
      const start = this.#lineStart;
      this.#lineStart = at;
      if (end > start) {
        this.#line(buffer, start, end);
        continue;
      }
      frames.push(this.#dispatch(buffer.subarray(blockStart, at)));
      blockStart = at;
    }
    this.#pending = blockStart === 0 ? buffer : buffer.subarray(blockStart);
    this.#lineStart -= blockStart;
    this.#scanned = this.#pending.length;
    if (this.#pending.length > this.#maxEventBytes) {
      throw new AssistantError('upstream_line_too_long', `the provider sent one event of more than ${this.#maxEventBytes} bytes`);
    }
    return frames;
  }

  /** What stands behind the last blank line, once the stream has ended. */
  end(): readonly SseFrame[] {
    const rest = this.#pending;
    if (rest.length > this.#lineStart) this.#line(rest, this.#lineStart, rest.length);
    this.#pending = EMPTY;
    this.#scanned = 0;
    this.#lineStart = 0;
    return this.#hasData ? [this.#dispatch(Buffer.concat([rest, Buffer.from('\n\n')]))] : [];
  }

  #line(buffer: Buffer, lineStart: number, end: number): void {
    let start = lineStart;
    if (this.#first) {
      this.#first = false;
      if (buffer[start] === 0xef && buffer[start + 1] === 0xbb && buffer[start + 2] === 0xbf) start += 3;
    }
    const first = buffer[start];
    if (this.#bare || first === 0x7b) {
      this.#bare = true;
      this.#addData(buffer.toString('utf8', start, end));
      return;
    }
    if (first === 0x3a || start === end) return;
    const colon = buffer.indexOf(0x3a, start);
    const nameEnd = colon === -1 || colon > end ? end : colon;
    let valueStart = Math.min(nameEnd + 1, end);
    if (buffer[valueStart] === 0x20 && valueStart < end) valueStart += 1;
    const length = nameEnd - start;
    if (length === 4 && buffer.toString('latin1', start, nameEnd) === 'data') this.#addData(buffer.toString('utf8', valueStart, end));
    else if (length === 5 && buffer.toString('latin1', start, nameEnd) === 'event') this.#event = buffer.toString('utf8', valueStart, end);
  }

  #addData(line: string): void {
    this.#data.push(line);
    this.#hasData = true;
  }

  #dispatch(bytes: Buffer): SseFrame {
    this.#first = false;
    const frame: SseFrame = {
      event: this.#event,
      data: this.#hasData ? (this.#data.length === 1 ? this.#data[0] : this.#data.join('\n')) : undefined,
      bare: this.#bare,
      bytes,
    };
    if (this.#hasData) this.#data = [];
    this.#hasData = false;
    this.#bare = false;
    this.#event = '';
    return frame;
  }
}

const nextLineEnd = (buffer: Buffer, from: number): number => {
  const feed = buffer.indexOf(LF, from);
  const limit = feed === -1 ? buffer.length : feed;
  const back = buffer.subarray(from, limit).indexOf(CR);
  return back === -1 ? feed : from + back;
};
