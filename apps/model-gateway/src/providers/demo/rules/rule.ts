/** What a rule would call a tool with: meanings, which `fit` turns into the tool's own field names. */
export type Meanings = Readonly<Record<string, string>>;

/** Recognises one kind of wish. Pure: equal texts give equal calls. */
export interface Rule {
  /** Tools that can grant the wish, best first; the first one offered is called. */
  readonly tools: readonly string[];
  /** Undefined where the text is no such wish. */
  match(text: string): Meanings | undefined;
}
