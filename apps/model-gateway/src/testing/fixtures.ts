import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(process.cwd(), '..', 'shared', 'fixtures', 'model-streams');

export interface StreamFixture {
  readonly name: string;
  /** JSON payloads, one an event. */
  readonly events: readonly string[];
  /** The raw bytes where they were recorded. */
  readonly raw?: Buffer;
}

/** Recorded streams of real vendors that speak the OpenAI wire; empty, with a line that says so, where they are absent. */
export const openAiStreams = (): readonly StreamFixture[] => {
  if (!existsSync(FOLDER)) {
    process.stdout.write('recorded model streams are absent: their tests are skipped\n');
    return [];
  }
  return readdirSync(FOLDER).flatMap((name): readonly StreamFixture[] => {
    const path = join(FOLDER, name);
    if (name.endsWith('.sse')) {
      const raw = readFileSync(path);
      const events = raw
        .toString('utf8')
        .split(/\n\n/)
        .filter((block) => block.startsWith('data: {'))
        .map((block) => block.slice(6));
      return [{ name, events, raw }];
    }
    if (!name.endsWith('.chunks.txt')) return [];
    const events = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return events.some((event) => event.includes('"chat.completion.chunk"')) ? [{ name, events }] : [];
  });
};
