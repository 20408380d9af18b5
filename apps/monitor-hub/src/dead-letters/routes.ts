import { replayDeadLetter, type Bus, type DeadLetter } from '@assistant/bus';
import { AssistantError, isAssistantError } from '@assistant/contracts';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { parseParameters } from '../logs/log-filter';

const DEFAULT_LIMIT = 50;
const MOST_LETTERS = 500;

const listSchema = z.strictObject({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a stage such as edge, turn or delivery')
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `must be a whole number from 1 to ${MOST_LETTERS}`)
    .transform(Number)
    .refine((value) => value >= 1 && value <= MOST_LETTERS, `must be a whole number from 1 to ${MOST_LETTERS}`)
    .default(DEFAULT_LIMIT),
});

const summary = ({ id, stage, reason, attempts, source, lane, traceparent, at, data }: DeadLetter) => ({
  id,
  stage,
  reason,
  attempts,
  source,
  ...lane,
  traceparent,
  at: new Date(at).toISOString(),
  bytes: data.byteLength,
});

/** The letter's bytes as whoever reads them can use them best. */
const contentOf = (data: Uint8Array): { readonly json: unknown } | { readonly text: string } | { readonly base64: string } => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(data);
    try {
      return { json: JSON.parse(text) };
    } catch {
      return { text };
    }
  } catch {
    return { base64: Buffer.from(data).toString('base64') };
  }
};

const idOf = (text: unknown): number => {
  if (typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AssistantError('bad_request', 'id: must be the number of a dead letter.', { param: 'id' });
};

const missing = (id: number): AssistantError =>
  new AssistantError('not_found', `There is no dead letter ${id}; it was dropped, or its 30 days are over.`, { param: 'id' });

/** A page of another site must not act on a hub that trusts its own machine. */
const sameSite: RequestHandler = (request, _response, next) => {
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const foreign = site === 'cross-site' || site === 'same-site' || (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host));
  next(foreign ? new AssistantError('forbidden', 'This may only be asked for by the console itself.') : undefined);
};

/** What the store itself throws means that it is away. */
const fromStore = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (isAssistantError(error)) throw error;
    throw new AssistantError('store_unavailable', 'The dead letters cannot be read now: NATS does not answer.', { cause: error });
  }
};

/** `GET /api/v1/dead-letters`, and one letter: show, replay, drop. */
export const deadLetterRoutes = (bus: Bus): Router => {
  const router = Router();
  const one = async (id: number): Promise<DeadLetter> => {
    const letter = await fromStore(bus.dead.get(id));
    if (letter === undefined) throw missing(id);
    return letter;
  };
  router.get('/api/v1/dead-letters', async (request, response) => {
    const { stage, limit } = parseParameters(listSchema, request.query, Object.keys(listSchema.shape));
    const letters = await fromStore(bus.dead.list({ limit, ...(stage === undefined ? {} : { stage }) }));
    response.json({ dead_letters: letters.map(summary), total: await fromStore(bus.dead.count()) });
  });
  router.get('/api/v1/dead-letters/:id', async (request, response) => {
    const letter = await one(idOf(request.params.id));
    response.json({ ...summary(letter), content: contentOf(letter.data) });
  });
  router.post('/api/v1/dead-letters/:id/replay', sameSite, async (request, response) => {
    response.json(await fromStore(replayDeadLetter(bus, idOf(request.params.id))));
  });
  router.delete('/api/v1/dead-letters/:id', sameSite, async (request, response) => {
    const { id } = await one(idOf(request.params.id));
    if (!(await bus.dead.drop(id))) throw new AssistantError('store_unavailable', `Dead letter ${id} could not be dropped; try again.`);
    response.status(204).end();
  });
  return router;
};
