import { Secret } from '@assistant/contracts';
import { createSigner } from './signer';
import { recogniseVisitor } from './visitor';

const signer = createSigner(() => new Secret('a key of this installation'));
const other = createSigner(() => new Secret('a key of another installation'));

const cookieOf = (setCookie: string | undefined): string => setCookie?.split(';', 1)[0] ?? '';

describe('the visitor cookie', () => {
  it('is made once and recognised afterwards', () => {
    const first = recogniseVisitor(undefined, false, signer);
    expect(first.setCookie).toMatch(/^assistant_visitor=[\w-]{22}\.[\w-]{43}; Path=\/api\/chat; Max-Age=31536000; HttpOnly; SameSite=Strict$/);
    expect(recogniseVisitor(`theme=dark; ${cookieOf(first.setCookie)}`, false, signer)).toEqual({ id: first.id, setCookie: undefined });
  });

  it('is sent over TLS alone when it was made there', () => {
    expect(recogniseVisitor(undefined, true, signer).setCookie).toContain('; Secure');
  });

  it('is refused when forged, changed or of another installation', () => {
    const genuine = recogniseVisitor(undefined, false, signer);
    const [, value = ''] = cookieOf(genuine.setCookie).split('=', 2);
    const [id = '', signature = ''] = value.split('.');
    const changed = `${id.startsWith('A') ? 'B' : 'A'}${id.slice(1)}`;
    for (const forged of [
      `${changed}.${signature}`,
      `${id}.${signature.slice(0, -1)}`,
      `${id}.`,
      id,
      `${id}.${other.sign('visitor', id)}`,
      `${id}.${signer.sign('blob', id)}`,
    ]) {
      expect(recogniseVisitor(`assistant_visitor=${forged}`, false, signer).id).not.toBe(id);
    }
  });
});
