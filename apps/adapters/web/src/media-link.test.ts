import { Secret } from '@assistant/contracts';
import { contentDisposition } from './download';
import { blobUrl, openUploadRef, uploadRef, verifyBlobUrl } from './media-link';
import { createSigner } from './signer';

const signer = createSigner(() => new Secret('a key of this installation'));
const file = { ref: 'blob:01abc', mime: 'image/png', size: 12, name: 'a.png' };

describe('links to files', () => {
  it('open for the visitor they were made for', () => {
    const url = new URL(blobUrl('blob:01abc', 'me', signer), 'http://localhost');
    expect(url.pathname).toBe('/api/chat/blobs/01abc');
    expect(verifyBlobUrl('01abc', url.searchParams.get('t') ?? '', 'me', signer)).toBe('blob:01abc');
    for (const [id, who] of [
      ['01abc', 'you'],
      ['01abd', 'me'],
    ] as const) {
      expect(() => verifyBlobUrl(id, url.searchParams.get('t') ?? '', who, signer)).toThrow(expect.objectContaining({ code: 'not_found' }));
    }
  });

  it('hand an upload on unchanged, to its own visitor', () => {
    const ref = uploadRef(file, 'me', signer);
    expect(openUploadRef(ref, 'me', signer)).toEqual(file);
    const forged = `upload:${Buffer.from(JSON.stringify({ ...file, ref: 'blob:other' })).toString('base64url')}.${ref.split('.').at(-1)}`;
    for (const bad of [forged, 'blob:01abc', '', ref.slice(0, -1)])
      expect(() => openUploadRef(bad, 'me', signer)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    expect(() => openUploadRef(ref, 'you', signer)).toThrow(expect.objectContaining({ code: 'bad_request' }));
  });
});

describe('how a browser may use a file', () => {
  it('shows pictures, and saves whatever could run', () => {
    expect(contentDisposition('image/png', 'a.png')).toMatch(/^inline/);
    for (const mime of ['text/html', 'image/svg+xml', 'application/pdf', 'application/javascript', 'text/xml'])
      expect(contentDisposition(mime, 'a')).toMatch(/^attachment/);
  });

  it('carries any name without letting it out of the header', () => {
    expect(contentDisposition('image/png', '报告"\r\nx: 1.png')).toBe(
      'inline; filename="_____x: 1.png"; filename*=UTF-8\'\'%E6%8A%A5%E5%91%8A%22%0D%0Ax%3A%201.png',
    );
  });
});
