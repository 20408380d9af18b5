import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { asAssistantError, AssistantError, newId, plainText } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import type { Logger } from '@assistant/telemetry';
import { z } from 'zod';
import { sendError, sendJson } from './answer';
import { readJson } from './body';
import type { WebSettings } from './config';
import { openConversation } from './conversation';
import { sendBlob } from './download';
import { resumePoint, writeEvents } from './event-stream';
import { blobUrl, uploadRef, verifyBlobUrl } from './media-link';
import { messageSchema } from './normalise';
import type { Signer } from './signer';
import { receiveUpload } from './upload';
import { verifyWriter } from './verify';
import { recogniseVisitor } from './visitor';
import type { WebChat } from './web-chat';
import type { StreamLimit } from './stream-limit';

export interface RouteOptions {
  readonly chat: WebChat;
  readonly bus: Pick<Bus, 'blobs'>;
  readonly signer: Signer;
  readonly settings: () => WebSettings;
  readonly streams: StreamLimit;
  readonly log: Logger;
}

const ANSWER_TIMEOUT_MS = 60_000;
const askSchema = messageSchema.extend({ id: messageSchema.shape.id.optional(), conversation: z.string().max(100).optional() });
const pageQuery = z.object({ before: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(100).default(30) });

const header = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** A path or query value that occurs once; a repeated one is refused like a missing one. */
const single = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Aborts when the caller goes away. */
const goneSignal = (response: Response): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
};

const isSecure = (request: Request): boolean => 'encrypted' in request.socket || request.headers['x-forwarded-proto'] === 'https';

/** The API of the web chat, to be mounted at `/`. */
export const createRoutes = (options: RouteOptions): Router => {
  const { chat, signer, settings, streams, log } = options;
  const router = Router();

  /** Who asks. A new visitor gets its cookie with the answer. */
  const visitorOf = (request: Request, response: Response): { readonly id: string; readonly known: boolean } => {
    const visitor = recogniseVisitor(request.headers.cookie, isSecure(request), signer);
    if (visitor.setCookie !== undefined) response.setHeader('set-cookie', visitor.setCookie);
    return { id: visitor.id, known: visitor.setCookie === undefined };
  };
  const writer: RequestHandler = (request, _response, next) => {
    verifyWriter(request.headers, request.socket.remoteAddress);
    next();
  };

  router.use('/api/chat', (_request, _response, next) => {
    if (!settings().enabled) throw new AssistantError('not_found', 'the web chat is off (platforms.web.enabled)');
    next();
  });

  router.post('/api/chat', writer, async (request, response) => {
    const { conversation, id, ...message } = await readJson(request, askSchema, settings().max_body_bytes);
    const visitor = visitorOf(request, response);
    const signal = AbortSignal.any([goneSignal(response), streams.ending, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    // A caller without a cookie jar would leave one list behind per call.
    const listed = visitor.known;
    const viewer = { visitorId: visitor.id, signer };
    const asked = await chat.ask({ ...message, id: id ?? newId() }, conversation, viewer, header(request.headers.traceparent), listed, signal);
    if (response.destroyed) return;
    const { answer, receipt } = asked;
    if (answer === undefined) {
      sendJson(response, 202, { conversation: asked.conversation, reply: null, status: 'running', traceId: receipt.traceId });
      return;
    }
    const reply = answer.replies.map(({ parts }) => plainText(parts)).join('\n\n');
    const files = answer.replies.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'media' && part.media.ref.startsWith('blob:') ? [blobUrl(part.media.ref, visitor.id, signer)] : [])),
    );
    sendJson(response, 200, {
      conversation: asked.conversation,
      reply,
      status: answer.status,
      model: answer.model,
      ...(files.length > 0 ? { files } : {}),
      ...(answer.error ? { error: answer.error } : {}),
      traceId: answer.traceId,
    });
  });

  router.post('/api/chat/conversations', writer, async (request, response) => {
    const visitor = visitorOf(request, response);
    request.resume();
    sendJson(response, 201, await chat.createConversation(visitor.id));
  });

  router.get('/api/chat/conversations', async (request, response) => {
    const visitor = visitorOf(request, response);
    sendJson(response, 200, { conversations: visitor.known ? await chat.conversations(visitor.id) : [] });
  });

  router.delete('/api/chat/conversations/:id', writer, async (request, response) => {
    await chat.removeConversation(visitorOf(request, response).id, single(request.params.id));
    response.status(204).end();
  });

  router.post('/api/chat/conversations/:id/messages', writer, async (request, response) => {
    const visitor = visitorOf(request, response);
    const to = openConversation(single(request.params.id), visitor.id);
    const message = await readJson(request, messageSchema, settings().max_body_bytes);
    sendJson(response, 202, await chat.accept(message, to, { visitorId: visitor.id, signer }, header(request.headers.traceparent), true));
  });

  router.get('/api/chat/conversations/:id/messages', async (request, response) => {
    const visitor = visitorOf(request, response);
    const to = openConversation(single(request.params.id), visitor.id);
    const query = pageQuery.safeParse(request.query);
    if (!query.success) throw new AssistantError('bad_request', 'before must be a sequence and limit a number from 1 to 100');
    sendJson(response, 200, await chat.history(to, { visitorId: visitor.id, signer }, query.data.before, query.data.limit, goneSignal(response)));
  });

  router.get('/api/chat/conversations/:id/events', async (request, response) => {
    const visitor = visitorOf(request, response);
    const to = openConversation(single(request.params.id), visitor.id);
    const after = resumePoint(header(request.headers['last-event-id']), single(request.query.after) || undefined);
    const stream = streams.open(visitor.id);
    try {
      const signal = AbortSignal.any([goneSignal(response), stream.signal]);
      await writeEvents(response, chat.events(to, { visitorId: visitor.id, signer }, after, signal), signal);
    } finally {
      stream.close();
    }
  });

  router.post('/api/chat/uploads', writer, async (request, response) => {
    const visitor = visitorOf(request, response);
    const { ref, ...file } = await receiveUpload(request, options.bus.blobs, settings().max_upload_bytes);
    sendJson(response, 201, { ref: uploadRef({ ref, ...file }, visitor.id, signer), ...file, url: blobUrl(ref, visitor.id, signer) });
  });

  router.get('/api/chat/blobs/:id', async (request, response) => {
    const visitor = visitorOf(request, response);
    const ref = verifyBlobUrl(single(request.params.id), single(request.query.t), visitor.id, signer);
    await sendBlob(response, options.bus.blobs, ref, goneSignal(response));
  });

  router.use('/api/chat', () => {
    throw new AssistantError('not_found', 'no such path; see the README of the web adapter for the API');
  });

  router.use('/api/chat', (raw: unknown, request: Request, response: Response, _next: NextFunction) => {
    const status = typeof raw === 'object' && raw !== null && 'status' in raw ? raw.status : undefined;
    const error = status === 400 ? new AssistantError('bad_request', 'the path is not valid', { cause: raw }) : asAssistantError(raw);
    if (error.entry.failed === 'us') log.warn('a request failed', { error, path: request.path });
    sendError(request, response, error, error.details.traceId);
  });

  return router;
};
