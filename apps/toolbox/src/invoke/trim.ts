export interface Trimmed {
  readonly content: string;
  readonly truncated: boolean;
}

/** Room for the note below a cut. */
const NOTE_BYTES = 200;

/**
 * At most `maxBytes` of UTF-8, cut between characters and, where one is near, at the end of a line. A note says how
 * much is missing: a model that is not told takes the part for the whole.
 */
export const trim = (content: string, maxBytes: number): Trimmed => {
  const bytes = Buffer.byteLength(content);
  if (bytes <= maxBytes) return { content, truncated: false };
  const kept = cut(content, Math.max(0, maxBytes - NOTE_BYTES));
  const note = `[cut here: ${Buffer.byteLength(kept)} of ${bytes} bytes are shown; the rest is left out. Ask for a narrower part if you need it.]`;
  return { content: `${kept}\n\n${note}`, truncated: true };
};

const cut = (content: string, maxBytes: number): string => {
  // The decoder holds back the bytes of a character that the cut went through.
  const whole = new TextDecoder('utf-8').decode(Buffer.from(content).subarray(0, maxBytes), { stream: true });
  const line = whole.lastIndexOf('\n');
  return line > whole.length * 0.8 ? whole.slice(0, line) : whole;
};
