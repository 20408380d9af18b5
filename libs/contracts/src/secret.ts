/**
 * A value that must never be shown. It prints as `***` wherever it is turned into text, and registers its
 * value so that every sink (log, trace, error body, dead letter) can scrub it by exact match.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    // Shorter values would scrub ordinary words out of every log line.
    if (value.length >= 6) knownSecrets.add(value);
  }

  /** The value itself; call it only where it is put on the wire. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}

const knownSecrets = new Set<string>();

/** Every secret value this process has loaded; read by the scrubber in `libs/telemetry`. */
export const secretValues = (): ReadonlySet<string> => knownSecrets;
