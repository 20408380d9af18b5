import { join } from 'node:path';
import { isAssistantError } from '@assistant/contracts';
import { loadConfig } from './load';
import type { Section } from './section';
import { rateSection } from './testing/sample-sections';

const folder = join(__dirname, '../../../config');

const problems = async (file: string, sections: readonly Section<unknown>[]): Promise<string> => {
  const lines: string[] = [];
  try {
    const store = await loadConfig({
      sections,
      file,
      defaultFile: join(folder, 'default.yaml'),
      env: {},
      dataDir: folder,
      log: { info: () => undefined, warn: (line) => void lines.push(line) },
    });
    store.close();
    return lines.join('\n');
  } catch (error) {
    return isAssistantError(error) ? error.message : 'another error';
  }
};

it.each(['default.yaml', 'production.yaml'])('the shipped %s is readable without any variable, holds known keys alone and no placeholder', async (name) => {
  expect(await problems(join(folder, name), [rateSection])).toBe('');
});
