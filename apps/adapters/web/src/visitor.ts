import { randomBytes } from 'node:crypto';
import type { Signer } from './signer';

/** One browser (or one cookie jar of curl). Its conversations are readable by nobody else. */
export interface Visitor {
  readonly id: string;
  /** The value of Set-Cookie for a visitor who came without a valid cookie. */
  readonly setCookie: string | undefined;
}

export const VISITOR_COOKIE = 'assistant_visitor';
const YEAR_S = 365 * 24 * 3600;

const cookieValue = (header: string | undefined): string | undefined => {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === VISITOR_COOKIE) return value;
  }
  return undefined;
};

/** The visitor id of a genuine cookie, or undefined. */
const readCookie = (header: string | undefined, signer: Signer): string | undefined => {
  const [, id, signature] = /^([\w-]{22})\.([\w-]{43})$/.exec(cookieValue(header) ?? '') ?? [];
  return id !== undefined && signature !== undefined && signer.verify('visitor', id, signature) ? id : undefined;
};

/** Recognises the visitor by its signed cookie, or makes a new one. `secure`: the request came over TLS. */
export const recogniseVisitor = (cookieHeader: string | undefined, secure: boolean, signer: Signer): Visitor => {
  const known = readCookie(cookieHeader, signer);
  if (known !== undefined) return { id: known, setCookie: undefined };
  const id = randomBytes(16).toString('base64url');
  const attributes = `Path=/api/chat; Max-Age=${YEAR_S}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return { id, setCookie: `${VISITOR_COOKIE}=${id}.${signer.sign('visitor', id)}; ${attributes}` };
};
