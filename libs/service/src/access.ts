import { timingSafeEqual } from 'node:crypto';
import { AssistantError, type Secret } from '@assistant/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Routes that carry their own proof (webhook signatures) or tell nothing. */
const OPEN = /^\/(?:health|ready|$|console(?:\/|$)|WW_verify_)|^\/api\/(?!chat(?:\/|$)|v1(?:\/|$))/;

const isLoopback = (address: string | undefined): boolean => address !== undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(address);

const sameText = (given: string, wanted: string): boolean => {
  const left = Buffer.from(given);
  const right = Buffer.from(wanted);
  return left.length === right.length && timingSafeEqual(left, right);
};

export interface AccessOptions {
  readonly keys: () => readonly Secret[];
  readonly behindEdge: () => boolean;
}

/**
 * Lets a request in by key, or without one from this very machine. Behind an edge without keys everything that the
 * edge lets through is let in. A wrong key is refused everywhere, also from loopback.
 */
export const requireAccess =
  ({ keys, behindEdge }: AccessOptions): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (OPEN.test(request.path)) return next();
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? header(request, 'x-api-key');
    const known = keys();
    if (given !== undefined && known.length > 0) {
      return known.some((key) => sameText(given, key.reveal())) ? next() : refuse(response);
    }
    const local = isLoopback(request.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined;
    if (local || (known.length === 0 && behindEdge())) return next();
    refuse(response);
  };

const header = (request: Request, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

const refuse = (response: Response): void => {
  response
    .status(401)
    .set('WWW-Authenticate', 'Bearer')
    .json({ error: { message: 'A valid key is needed: Authorization: Bearer <key>.', type: 'authentication_error', param: null, code: 'unauthenticated' } });
};

/** Refuses to open a public address without keys. Throws `config_invalid`. */
export const assertSafeAddress = (host: string, keys: readonly Secret[], behindEdge: boolean): void => {
  if (isLoopback(host) || host === 'localhost' || keys.length > 0 || behindEdge) return;
  throw new AssistantError(
    'config_invalid',
    `server.host: ${host} is reachable from outside and no key is set. Set server.api_keys, or server.behind_edge: true when only your own proxy reaches it, or use 127.0.0.1.`,
  );
};
