import { createProxyChoice, parseProxy, proxyAuthorization, type ProxySettings } from './proxy';

const choose = (settings: ProxySettings, url: string): string | undefined => createProxyChoice(settings)(new URL(url))?.label;

describe('the choice of a proxy', () => {
  const both = { http: 'http://plain.proxy:3128', https: 'socks5://secure.proxy:1080' };

  it('goes by the scheme of the target', () => {
    expect(choose(both, 'http://example.com/')).toBe('plain.proxy:3128');
    expect(choose(both, 'https://example.com/')).toBe('secure.proxy:1080');
    expect(choose({ http: both.http }, 'https://example.com/')).toBeUndefined();
    expect(choose({ http: '', https: '' }, 'https://example.com/')).toBeUndefined();
  });

  it.each([
    ['example.com', 'https://example.com/', true],
    ['example.com', 'https://api.example.com/', true],
    ['example.com', 'https://notexample.com/', false],
    ['.example.com', 'https://api.example.com/', true],
    ['.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://a.b.example.com/', true],
    ['EXAMPLE.com', 'https://Example.COM./', true],
    ['example.com:8443', 'https://example.com:8443/', true],
    ['example.com:8443', 'https://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['8.8.113.0/24', 'https://8.8.113.9/', true],
    ['8.8.113.0/24', 'https://8.8.114.9/', false],
    ['8.8.113.7', 'https://8.8.113.7/', true],
    ['2001:4860::/32', 'https://[2001:4860::8888]/', true],
    ['[2001:4860::8888]:443', 'https://[2001:4860::8888]/', true],
    ['a.com, b.com c.com', 'https://c.com/', true],
    ['*', 'https://anything.example/', true],
    ['', 'https://example.com/', false],
    ['1.example', 'https://8.8.113.1/', false],
  ])('with NO_PROXY=%s reaches %s directly: %s', (noProxy, url, direct) => {
    expect(choose({ ...both, noProxy }, url) === undefined).toBe(direct);
  });

  it.each([
    'http://127.0.0.1:1234/',
    'http://localhost/',
    'http://a.localhost/',
    'http://10.1.2.3/',
    'http://192.168.0.9/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://ollama:11434/',
  ])('reaches the private %s directly unless told', (url) => {
    expect(choose(both, url)).toBeUndefined();
    expect(choose({ ...both, proxyPrivate: true }, url)).toBe('plain.proxy:3128');
  });

  it('reads a proxy without a scheme as curl does, and credentials with special characters', () => {
    expect(parseProxy('proxy.example:8080')).toMatchObject({ kind: 'http', label: 'proxy.example:8080' });
    expect(proxyAuthorization(parseProxy('http://us%40er:p%3Aw@proxy.example:8080'))).toBe(`Basic ${Buffer.from('us@er:p:w').toString('base64')}`);
    expect(proxyAuthorization(parseProxy('http://proxy.example:8080'))).toBeUndefined();
  });

  it.each(['ftp://user:hidden@proxy.example:21', 'http://user:hidden@', 'socks4://user:hidden@x:1'])('refuses %s without repeating its password', (text) => {
    expect(() => parseProxy(text)).toThrow('is no URL of a proxy');
    expect(() => parseProxy(text)).not.toThrow('hidden');
  });
});
