import type { Section } from './section';

/** The configuration in force. A reload swaps it whole; a broken file never does. */
export interface ConfigStore {
  /** The section's value now. Ask again rather than keep it: it changes on reload. */
  get<T>(section: Section<T>): T;
  /** Called after a reload that changed this section. Returns the way to stop listening. */
  onChange<T>(section: Section<T>, listener: (value: T) => void): () => void;
  /** Short hash of the effective configuration. */
  readonly version: string;
  /** The effective configuration with every secret as `***`. */
  describe(): Readonly<Record<string, unknown>>;
  /** Stops watching files. */
  close(): void;
}
