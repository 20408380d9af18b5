import fc from 'fast-check';
import { ConfigError } from './issue';
import { buildSnapshot } from './snapshot';
import { sampleSections } from './testing/sample-sections';
import { nodeAt, originAt } from './tree';
import { parseYaml } from './yaml-file';

const SAMPLE = `model_providers:
  default: "glm"
  providers:
    - name: "glm"
      api_base: "https://api.example.com/v1"
      api_key: \${GLM_API_KEY:-}
rate_limiting: { enabled: true, max_requests: 50 }
platforms:
  telegram: &off
    enabled: false
  wecom: *off
agents:
  default: { system: '你是“小助手”', tools: [time, files] }
`;

/** Reads text as a configuration; true if it was accepted. Fails the test for anything but a ConfigError. */
const readable = (text: string): boolean => {
  const { root, issues } = parseYaml(text, 'x.yaml');
  try {
    const snapshot = buildSnapshot(sampleSections, root, { environment: {}, files: new Set(), warn: () => undefined }, issues);
    snapshot.describe();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return false;
  }
};

describe('reading YAML', () => {
  it('accepts the sample, in which quotes stand inside a sentence', () => {
    expect(readable(SAMPLE)).toBe(true);
  });

  it('answers any text at all with a configuration or a ConfigError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void readable(text)),
      { numRuns: 300 },
    );
    const pieces = fc.constantFrom(
      ...'{}[]:,-#&*!|>\'"%@`?\n\t ',
      '“',
      '”',
      '：',
      '，',
      '${',
      '}',
      '<<',
      '---',
      'a',
      '1',
      'true',
      'model_providers',
      'platforms',
      '\u0000',
      '__proto__',
      '\u3000',
      '\uf8e0',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => void readable(parts.join(''))),
      { numRuns: 2000 },
    );
  });

  it('answers any damage to a good file with a configuration or a ConfigError', () => {
    const damage = fc.tuple(fc.nat(SAMPLE.length), fc.nat(8), fc.constantFrom('', '“', '：', '\t', '"', '- ', '{', '*', '${X', '\n', ' ', '!x ', ': ', '&a '));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        void readable(damages.reduce((text, [at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length), SAMPLE));
      }),
      { numRuns: 1500 },
    );
  });

  it('refuses aliases that grow without end, and nesting without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefg'.charAt(index)}`).join(', ')}]`),
    ].join('\n');
    expect(readable(bomb)).toBe(false);
    expect(readable('agents: &x { a: *x }')).toBe(false);
    expect(readable('['.repeat(5000))).toBe(false);
  });

  it('keeps line and column of each value', () => {
    const { root } = parseYaml(SAMPLE, 'x.yaml');
    expect(originAt(root, ['model_providers', 'providers', 0, 'api_base'])).toEqual({ kind: 'file', file: 'x.yaml', line: 5, column: 17 });
    expect(originAt(root, ['rate_limiting', 'max_requests'])).toMatchObject({ line: 7, column: 47 });
    expect(originAt(root, ['platforms', 'telegram', 'token'])).toMatchObject({ line: 9, column: 3 });
  });

  it('reads references without quotes everywhere, also inside braces and with commas and colons', () => {
    const { root, issues } = parseYaml('proxy: { http: ${HTTP_PROXY}, no_proxy: ${NO_PROXY:-a,b:1}, list: [${A}, "${B}"] }', 'x.yaml');
    expect(issues).toEqual([]);
    expect(nodeAt(root, ['proxy', 'http'])).toMatchObject({ value: '${HTTP_PROXY}' });
    expect(nodeAt(root, ['proxy', 'no_proxy'])).toMatchObject({ value: '${NO_PROXY:-a,b:1}' });
    expect(nodeAt(root, ['proxy', 'list', 1])).toMatchObject({ value: '${B}' });
  });

  it.each(['你是“小助手”', '“你好”是一个问候', 'don’t', '注意：先读', '他说“好”', 'a，b'])('leaves the sentence %s alone', (sentence) => {
    expect(parseYaml(`agents:\n  default:\n    system: ${sentence}\n`, 'x.yaml').issues).toEqual([]);
  });

  it.each(['“x”', '“x"', '"x”', '‘x’', '“x', 'x”', '「x」'])('does not leave the quotes of %s alone', (value) => {
    expect(parseYaml(`a: ${value}\n`, 'x.yaml').issues.map(({ problem }) => problem)).toEqual(['curly quotes']);
  });
});
