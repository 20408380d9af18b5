import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '@assistant/service';
import { Router, static as serveStatic } from 'express';

/** The page may load nothing but its own files; an answer's links and pictures are never fetched by themselves. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Where the built page lies: beside this bundle in an image, or in the repository. */
const folderOf = (): string | undefined =>
  [join(__dirname, 'console'), join(__dirname, '../../console/dist')].find((folder) => existsSync(join(folder, 'index.html')));

/** Serves the console's static files under /console; / leads there. */
export const consolePage: Service = {
  name: 'console',
  sections: [],
  start: async () => {
    const folder = folderOf();
    const routes = Router();
    routes.get('/', (_request, response) => response.redirect(302, '/console/'));
    routes.use('/console', (_request, response, next) => {
      response.set({ 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
      next();
    });
    if (folder !== undefined) {
      routes.use(
        '/console',
        serveStatic(folder, {
          index: 'index.html',
          setHeaders: (response, path) => response.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
        }),
      );
      // The page has routes of its own below /console.
      routes.get('/console/*rest', (_request, response) => response.set('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html')));
    }
    return {
      routes,
      health: () => (folder === undefined ? { status: 'degraded', detail: 'the page is not built; run npm run build' } : { status: 'ok', detail: '' }),
    };
  },
};
