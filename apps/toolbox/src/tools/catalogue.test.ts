import { readdirSync } from 'node:fs';
import { TOOLS } from './catalogue';

describe('the catalogue', () => {
  it('lists exactly the tools there are files for', () => {
    const files = readdirSync(__dirname, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath !== __dirname && !entry.name.includes('.test.'))
      .map(({ name }) => name.replace(/\.ts$/, '').replaceAll('-', '_'));
    expect(TOOLS.map(({ descriptor }) => descriptor.name).sort()).toEqual(files.sort());
  });

  it.each(TOOLS.map(({ descriptor }) => [descriptor.name, descriptor] as const))('%s is described for models and people', (name, descriptor) => {
    expect(name).toMatch(/^[a-z][a-z0-9_]{2,40}$/);
    expect(descriptor.description.length).toBeGreaterThan(60);
    expect(descriptor.title.zh).toMatch(/\p{Script=Han}/u);
    expect(JSON.parse(descriptor.inputSchema)).toMatchObject({ type: 'object', additionalProperties: false });
    // An effect outside needs the journal; what ingests foreign words reaches the network.
    if (descriptor.ingestsUntrusted) expect(descriptor.risk).not.toBe('read');
  });
});
