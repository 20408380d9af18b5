import { Router } from 'express';
import { parseFilter, parseQuery } from './log-filter';
import type { LogStore } from './log-store';
import type { Tail } from './tail';

/** `GET /api/v1/logs` and `GET /api/v1/logs/tail`. */
export const logRoutes = (store: Pick<LogStore, 'search'>, tail: Pick<Tail, 'open'>): Router => {
  const router = Router();
  router.get('/api/v1/logs', async (request, response) => {
    const query = parseQuery(request.query);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { lines, next } = await store.search(query, gone.signal);
    // The lines are JSON already, written by ourselves: they are joined, not parsed again.
    response.type('application/json').send(`{"lines":[${lines.join(',')}],"next_cursor":${next === null ? 'null' : `"${next}"`}}`);
  });
  router.get('/api/v1/logs/tail', (request, response) => tail.open(parseFilter(request.query), response));
  return router;
};
