import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAssistantError, Secret } from '@assistant/contracts';
import { z } from 'zod';
import { defineSection } from './section';
import { loadConfig, type LoadOptions } from './load';
import type { ConfigStore } from './store';
import { agentsSection, cacheSection, providersSection, rateSection, sampleSections, telegramSection, wecomSection } from './testing/sample-sections';

const open: { close(): void }[] = [];
let folder = '';

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'config-'))));
afterEach(() => {
  for (const store of open.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

interface Heard {
  readonly lines: string[];
  readonly reloads: boolean[];
  /** Resolves at the next reload, good or bad. */
  next(): Promise<boolean>;
}

const load = async (options: Partial<LoadOptions> = {}): Promise<ConfigStore & { readonly heard: Heard }> => {
  const waiting: ((ok: boolean) => void)[] = [];
  const heard: Heard = { lines: [], reloads: [], next: () => new Promise((resolve) => waiting.push(resolve)) };
  const log = { info: () => undefined, warn: (message: string) => void heard.lines.push(message) };
  const store = await loadConfig({
    sections: sampleSections,
    defaultFile: join(folder, 'default.yaml'),
    env: {},
    dataDir: folder,
    log,
    onReload: (ok) => {
      heard.reloads.push(ok);
      for (const resolve of waiting.splice(0)) resolve(ok);
    },
    watch: { debounceMs: 30, pollMs: 100 },
    ...options,
  });
  open.push(store);
  return Object.assign(store, { heard });
};

const complaint = async (options: Partial<LoadOptions> = {}): Promise<string> => {
  try {
    await load(options);
    return '';
  } catch (error) {
    if (!isAssistantError(error)) throw error;
    expect(error.code).toBe('config_invalid');
    return error.message.replaceAll(folder, '');
  }
};

describe('layers', () => {
  it('starts without any file', async () => {
    const store = await load();
    expect(store.get(rateSection)).toEqual({ enabled: true, max_requests: 50, window_ms: 1000 });
    expect(store.get(cacheSection)).toBe(256 * 1024 ** 2);
  });

  it('lays file over defaults over schema, and the environment over all', async () => {
    write('default.yaml', 'rate_limiting: { max_requests: 10, window_ms: 500 }\nmodel_cache_size: 1KB\n');
    write('local.yaml', 'rate_limiting: { max_requests: 20 }\n');
    const store = await load({ env: { ASSISTANT__RATE_LIMITING__ENABLED: 'false', ASSISTANT__MODEL_CACHE_SIZE: '', OTHER__X: '1' } });
    expect(store.get(rateSection)).toEqual({ enabled: false, max_requests: 20, window_ms: 500 });
    expect(store.get(cacheSection)).toBe(1024);
  });

  it('takes the file that ASSISTANT_CONFIG names instead of local.yaml, and complains when it is not there', async () => {
    write('local.yaml', 'model_cache_size: 1KB\n');
    const named = write('named.yaml', 'model_cache_size: 2KB\n');
    expect((await load({ env: { ASSISTANT_CONFIG: named } })).get(cacheSection)).toBe(2048);
    expect(await complaint({ env: { ASSISTANT_CONFIG: join(folder, 'gone.yaml') } })).toBe(
      'The configuration is not valid:\n  the file /gone.yaml cannot be read (ENOENT). Create it, or let ASSISTANT_CONFIG name another one.',
    );
  });

  it('merges providers by name and replaces every other list', async () => {
    write(
      'default.yaml',
      'model_providers:\n  providers:\n    - { name: demo, kind: demo }\n    - { name: glm, models: [a, b], api_base: "https://one.example" }\nagents: { default: { tools: [x, y] } }\n',
    );
    write('local.yaml', 'model_providers:\n  providers:\n    - { name: glm, models: [c] }\n    - { name: new }\nagents: { default: { tools: [z] } }\n');
    const store = await load({ env: { ASSISTANT__MODEL_PROVIDERS__PROVIDERS__GLM__API_KEY: '123456', ASSISTANT__MODEL_PROVIDERS__DEFAULT: 'glm' } });
    expect(store.get(providersSection).providers).toEqual([
      { name: 'demo', kind: 'demo' },
      { name: 'glm', kind: 'openai', models: ['c'], api_base: 'https://one.example', api_key: new Secret('123456') },
      { name: 'new', kind: 'openai' },
    ]);
    expect(store.get(providersSection).providers[1]?.api_key?.reveal()).toBe('123456');
    expect(store.get(agentsSection)['default']?.tools).toEqual(['z']);
  });

  it('registers the custom models of models.yaml, and refuses anything else in it', async () => {
    write('models.yaml', 'providers:\n  - name: "custom_model"\n    class: "adapters.mine.Adapter"\n    params:\n      api_key: ${CUSTOM_KEY}\n');
    const store = await load({ env: { CUSTOM_KEY: 'k' } });
    expect(store.get(providersSection).custom).toEqual([{ name: 'custom_model', class: 'adapters.mine.Adapter', params: { api_key: 'k' } }]);
    write('models.yaml', 'providers: []\nrate_limiting: {}\n');
    expect(await complaint()).toContain('rate_limiting: unknown key (/models.yaml:2:1)');
  });

  it('refuses unknown variables, and names the variable', async () => {
    expect(await complaint({ env: { ASSISTANT__RATE_LIMITING__MAX: '5' } })).toContain(
      'rate_limiting.max: unknown key (environment variable ASSISTANT__RATE_LIMITING__MAX)',
    );
    expect(await complaint({ env: { ASSISTANT__RATE_LIMITING__MAX_REQUESTS: 'many' } })).toContain(
      'rate_limiting.max_requests: must be a number, got the text "many" (environment variable ASSISTANT__RATE_LIMITING__MAX_REQUESTS)',
    );
  });

  it('reads a variable as text or number, whichever the key wants', async () => {
    write('local.yaml', 'platforms: { wecom: { agent_id: "${AGENT}" } }\nrate_limiting: { max_requests: "${MOST}", enabled: "${ON:-false}" }\n');
    const store = await load({
      env: { AGENT: '1000002', MOST: '7', ASSISTANT__PLATFORMS__WECOM__CORP_ID: '0042', ASSISTANT__AGENTS__DEFAULT__TOOLS: '[a, b]' },
    });
    expect(store.get(wecomSection)).toMatchObject({ agent_id: '1000002', corp_id: '0042' });
    expect(store.get(rateSection)).toMatchObject({ max_requests: 7, enabled: false });
    expect(store.get(agentsSection)['default']?.tools).toEqual(['a', 'b']);
  });

  it('takes the default for a variable that is empty as well as for one that is not set, and $${ for a plain ${', async () => {
    write('local.yaml', 'agents: { a: { system: "${EMPTY:-one} ${UNSET:-two} $${KEPT} ${SET:-three}" } }\n');
    expect((await load({ env: { EMPTY: '', SET: 'set' } })).get(agentsSection)['a']?.system).toBe('one two ${KEPT} set');
  });

  it('leaves what lies below an empty key as it was, and lets an empty value unset one', async () => {
    write('default.yaml', 'rate_limiting: { max_requests: 10 }\nmodel_cache_size: 1KB\n');
    write('local.yaml', 'rate_limiting:\nmodel_cache_size:\n');
    const store = await load();
    expect([store.get(rateSection).max_requests, store.get(cacheSection)]).toEqual([10, 256 * 1024 ** 2]);
  });

  it('accepts the keys of other processes, and not those of nobody', async () => {
    write('local.yaml', 'platforms: { wecom: { anything: 1 }, web: {} }\nskills: { a: ${NEVER_SET} }\n');
    await load({ sections: [rateSection, telegramSection] });
    write('local.yaml', 'plugins: {}\n');
    expect(await complaint({ sections: [rateSection] })).toContain('plugins: unknown key');
  });
});

describe('secrets', () => {
  it('are read from variables and files, and are never described', async () => {
    const secret = write('token', '123456:from-a-file\n');
    chmodSync(secret, 0o600);
    write(
      'local.yaml',
      `platforms: { telegram: { enabled: true, token: "\${file:./token}" } }\nmodel_providers: { providers: [{ name: glm, api_key: "\${KEY}", api_base: "https://user:pass@x.example/" }] }\n`,
    );
    const store = await load({ env: { KEY_FILE: secret } });
    expect(store.get(telegramSection)).toMatchObject({ token: new Secret('123456:from-a-file') });
    expect(store.get(providersSection).providers[0]?.api_key?.reveal()).toBe('123456:from-a-file');
    const described = JSON.stringify(store.describe());
    expect(described).toContain('"token":"***"');
    expect(described).toContain('https://***@x.example/');
    expect(described).not.toMatch(/from-a-file|pass@/);
    expect(store.heard.lines).toEqual([]);
  });

  it('in files that others can read are warned about', async () => {
    chmodSync(write('token', '123456:abc'), 0o644);
    write('local.yaml', 'platforms: { telegram: { enabled: true, token: "${file:token}" } }\n');
    expect((await load()).heard.lines).toEqual([`The secret file ${join(folder, 'token')} can be read by others. Run: chmod 600 ${join(folder, 'token')}`]);
  });

  it('that are missing matter only where they are needed', async () => {
    write(
      'local.yaml',
      'platforms: { telegram: { enabled: false, token: "${NOT_SET}" } }\nmodel_providers: { providers: [{ name: glm, api_key: "${EMPTY:-}" }] }\n',
    );
    const store = await load({ env: { EMPTY: '' } });
    expect(store.get(telegramSection)).toEqual({ enabled: false });
    expect(store.get(providersSection).providers[0]?.api_key).toBeUndefined();
  });

  it('that are placeholders of a guide are warned about, unless switched off', async () => {
    write('local.yaml', 'platforms:\n  telegram: { enabled: true, token: your-bot-token }\n  wecom: { enabled: false, corp_id: your-corp-id }\n');
    expect((await load()).heard.lines).toEqual([
      `platforms.telegram.token still holds the placeholder "your-bot-token" (${join(folder, 'local.yaml')}:2:37). Put the real value there.`,
    ]);
  });

  it('never stand in a message', async () => {
    write(
      'local.yaml',
      'model_providers: { providers: [{ name: glm, api_key: [sk-very-secret] }, { name: x, api_base: sk-misplaced-secret-key-of-someone }] }\n',
    );
    expect(await complaint()).not.toMatch(/very-secret|misplaced/);
  });
});

describe('reload', () => {
  it('tells the listeners of changed sections only, and puts all changes in force at once', async () => {
    const file = write('local.yaml', 'rate_limiting: { max_requests: 1 }\nmodel_cache_size: 1KB\n');
    const store = await load({ file });
    const seen: unknown[] = [];
    store.onChange(rateSection, ({ max_requests: most }) => seen.push([most, store.get(cacheSection)]));
    store.onChange(telegramSection, () => seen.push('telegram'));
    const stop = store.onChange(cacheSection, () => seen.push('stopped'));
    stop();
    const before = [store.version, store.get(telegramSection)] as const;
    const reloaded = store.heard.next();
    writeFileSync(file, 'rate_limiting: { max_requests: 2 }\nmodel_cache_size: 2KB\n');
    expect(await reloaded).toBe(true);
    expect(seen).toEqual([[2, 2048]]);
    expect(store.version).not.toBe(before[0]);
  });

  it('keeps the last good configuration when a file breaks, says why once, and recovers', async () => {
    const file = write('local.yaml', 'rate_limiting: { max_requests: 1 }\n');
    const store = await load({ file });
    let reloaded = store.heard.next();
    writeFileSync(file, 'rate_limiting: { max_requests: zero, windowms: 1 }\n');
    expect(await reloaded).toBe(false);
    expect(store.get(rateSection).max_requests).toBe(1);
    expect(store.heard.lines).toEqual([
      `The new configuration is not used: rate_limiting.windowms: unknown key (${file}:1:38). Did you mean window_ms?`,
      `The new configuration is not used: rate_limiting.max_requests: must be a number, got the text "zero" (${file}:1:32). Write a number.`,
    ]);
    reloaded = store.heard.next();
    writeFileSync(file, 'rate_limiting: { max_requests: 1 }\n');
    expect(await reloaded).toBe(true);
    expect(store.heard.lines).toHaveLength(2);
  });

  it('does not take a file that is being written for an empty one', async () => {
    const file = write('local.yaml', 'rate_limiting: { max_requests: 1 }\n');
    const store = await load({ file });
    let reloaded = store.heard.next();
    writeFileSync(file, '');
    expect(await reloaded).toBe(false);
    expect(store.get(rateSection).max_requests).toBe(1);
    reloaded = store.heard.next();
    writeFileSync(file, 'rate_limiting: { max_requests: 3 }\n');
    expect(await reloaded).toBe(true);
    expect(store.get(rateSection).max_requests).toBe(3);
  });

  it('notices an atomic rename, a swapped symbolic link, and a file that was not there before', async () => {
    mkdirSync(join(folder, 'mount'));
    for (const [version, most] of [
      ['one', 1],
      ['two', 2],
    ] as const) {
      mkdirSync(join(folder, 'mount', version));
      writeFileSync(join(folder, 'mount', version, 'app.yaml'), `rate_limiting: { max_requests: ${most} }\n`);
    }
    symlinkSync('one', join(folder, 'mount', '..data'));
    symlinkSync('..data/app.yaml', join(folder, 'mount', 'app.yaml'));
    const store = await load({ file: join(folder, 'mount', 'app.yaml') });
    expect(store.get(rateSection).max_requests).toBe(1);
    let reloaded = store.heard.next();
    symlinkSync('two', join(folder, 'mount', '..data_tmp'));
    renameSync(join(folder, 'mount', '..data_tmp'), join(folder, 'mount', '..data'));
    expect(await reloaded).toBe(true);
    expect(store.get(rateSection).max_requests).toBe(2);

    reloaded = store.heard.next();
    write('other.yaml', 'rate_limiting: { window_ms: 7 }\n');
    renameSync(join(folder, 'other.yaml'), join(folder, 'default.yaml'));
    expect(await reloaded).toBe(true);
    expect(store.get(rateSection)).toMatchObject({ max_requests: 2, window_ms: 7 });
  });

  it('notices a secret file that was rotated', async () => {
    mkdirSync(join(folder, 'secrets'));
    write('secrets/token', 'first-secret');
    const file = write('local.yaml', 'platforms: { telegram: { enabled: true, token: "${file:secrets/token}" } }\n');
    const store = await load({ file });
    const changed = new Promise<unknown>((resolve) => store.onChange(telegramSection, resolve));
    write('secrets/token', 'second-secret');
    const value = z.object({ token: z.instanceof(Secret) }).parse(await changed);
    expect(value.token.reveal()).toBe('second-secret');
  });

  it('goes on when a listener throws', async () => {
    const file = write('local.yaml', 'rate_limiting: { max_requests: 1 }\n');
    const store = await load({ file });
    const seen: number[] = [];
    store.onChange(rateSection, () => {
      throw new Error('bad listener');
    });
    store.onChange(rateSection, ({ max_requests: most }) => void seen.push(most));
    const reloaded = store.heard.next();
    writeFileSync(file, 'rate_limiting: { max_requests: 2 }\n');
    expect(await reloaded).toBe(true);
    expect(seen).toEqual([2]);
    expect(store.heard.lines).toEqual(['What listens to rate_limiting failed to take the new configuration.']);
  });
});

it('refuses to hand out a section that was not declared', async () => {
  const foreign = defineSection('foreign', 'Nobody declared it.', z.string().optional());
  const store = await load();
  expect(() => store.get(foreign)).toThrow('The section foreign was not declared to this process.');
});
