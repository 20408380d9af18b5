import { sniff } from './upload';

describe('uploaded files', () => {
  it('are what their bytes are, whatever was declared', async () => {
    expect(await sniff(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'text/plain')).toBe('image/png');
    expect(await sniff(Buffer.from('%PDF-1.7\n'), 'image/png')).toBe('application/pdf');
    expect(await sniff(Buffer.from('a,b\n1,2'), 'text/csv')).toBe('text/csv');
    expect(await sniff(Buffer.from('<h1>hi</h1>'), 'image/png')).toBe('text/plain');
    expect(await sniff(Buffer.from([0, 1, 2]), 'text/plain')).toBe('application/octet-stream');
  });
});
