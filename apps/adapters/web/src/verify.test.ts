import { verifyWriter } from './verify';

const LOCAL = '127.0.0.1';

describe('who may write', () => {
  it.each([
    ['a program without an origin', { host: 'localhost:8080' }],
    ['the own page', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['the own page by address', { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }],
    ['the own page by IPv6 address', { host: '[::1]:8080', origin: 'http://[::1]:8080' }],
    ['a public name behind a proxy on the same machine', { host: 'chat.example.com', origin: 'https://chat.example.com', 'x-forwarded-for': '203.0.113.9' }],
  ])('%s may', (_who, headers) => {
    expect(() => verifyWriter(headers, LOCAL)).not.toThrow();
  });

  it.each([
    ['a page of another site', { host: 'localhost:8080', origin: 'https://evil.example' }],
    ['a page of another port', { host: 'localhost:8080', origin: 'http://localhost:3000' }],
    ['a sandboxed page', { host: 'localhost:8080', origin: 'null' }],
    ['a cross-site form', { host: 'localhost:8080', 'sec-fetch-site': 'cross-site' }],
    ['a name that was re-pointed to this machine', { host: 'evil.example:8080', origin: 'http://evil.example:8080' }],
  ])('%s may not', (_who, headers) => {
    expect(() => verifyWriter(headers, LOCAL)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  it('a public name served directly may', () => {
    expect(() => verifyWriter({ host: 'chat.example.com', origin: 'https://chat.example.com' }, '203.0.113.9')).not.toThrow();
  });
});
