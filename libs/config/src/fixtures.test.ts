import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, formatIssue } from './issue';
import { buildSnapshot } from './snapshot';
import { sampleSections } from './testing/sample-sections';
import { parseYaml } from './yaml-file';

const folder = join(__dirname, 'fixtures');
const mistakes = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

const messagesOf = (text: string, file: string): readonly string[] => {
  const { root, issues } = parseYaml(text, file);
  try {
    buildSnapshot(sampleSections, root, { environment: {}, files: new Set(), warn: () => undefined }, issues);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map(formatIssue);
  }
};

describe('each mistake is named with its place and how to mend it', () => {
  it.each(mistakes)('%s', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const expected = [...text.matchAll(/^# expect: (.*)$/gm)].map(([, message = '']) => message.replace('FILE', name));
    expect(expected).not.toHaveLength(0);
    expect(messagesOf(text, name)).toEqual(expected);
  });
});
