import fc from 'fast-check';
import { safeName, sniff } from './upload';

describe('uploaded files', () => {
  it('have a name without path and control characters, never empty', () => {
    expect(safeName('C:\\fake\\a.png')).toBe('a.png');
    expect(safeName('../../etc/passwd')).toBe('passwd');
    expect(safeName('a\u0000\r\n.txt')).toBe('a.txt');
    expect(safeName('')).toBe('file');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => expect(safeName(name)).toMatch(/^[^/\\\u0000-\u001f\u007f]+$/)));
  });

  it('are what their bytes are, whatever was declared', async () => {
    expect(await sniff(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'text/plain')).toBe('image/png');
    expect(await sniff(Buffer.from('%PDF-1.7\n'), 'image/png')).toBe('application/pdf');
    expect(await sniff(Buffer.from('a,b\n1,2'), 'text/csv')).toBe('text/csv');
    expect(await sniff(Buffer.from('<h1>hi</h1>'), 'image/png')).toBe('text/plain');
    expect(await sniff(Buffer.from([0, 1, 2]), 'text/plain')).toBe('application/octet-stream');
  });
});
