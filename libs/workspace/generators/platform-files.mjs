import { camel, constant, pascal, sentence } from './words.mjs';

const LIBRARIES = ['contracts', 'telemetry', 'config', 'net', 'bus', 'service', 'testing', 'adapter-kit'];

const packageJson = (name) =>
  `${JSON.stringify(
    {
      name: `@assistant/adapter-${name}`,
      version: '0.1.0',
      private: true,
      exports: { '.': './src/index.ts' },
      nx: { name: `adapter-${name}`, projectType: 'application', tags: ['layer:service', 'service:adapter'] },
    },
    null,
    2,
  )}\n`;

const tsconfig = () =>
  `${JSON.stringify(
    {
      extends: '../../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist/types', tsBuildInfoFile: 'dist/types/.tsbuildinfo' },
      include: ['src', 'src/fixtures/*.json'],
      references: LIBRARIES.map((library) => ({ path: `../../../libs/${library}` })),
    },
    null,
    2,
  )}\n`;

const main = (name) => `import { run } from '@assistant/service';
import { ${camel(name)}Adapter } from './service';

void run(${camel(name)}Adapter);
`;

const index = (name) => `export { ${camel(name)}Platform } from './platform';
export { ${camel(name)}Adapter } from './service';
`;

const service = (name) => `import { createAdapterService } from '@assistant/adapter-kit';
import type { Service } from '@assistant/service';
import { ${camel(name)}Platform } from './platform';

export const ${camel(name)}Adapter: Service = createAdapterService(${camel(name)}Platform);
`;

const platform = (name) => `import type { Platform } from '@assistant/adapter-kit';
import { create${pascal(name)}Account } from './account';
import { ${camel(name)}Section, type ${pascal(name)}Settings } from './config';
import { ${camel(name)}Manifest } from './manifest';
import type { ${pascal(name)}Call } from './render';

export const ${camel(name)}Platform: Platform<${pascal(name)}Settings, ${pascal(name)}Call> = {
  manifest: ${camel(name)}Manifest,
  section: ${camel(name)}Section,
  accounts: (settings) =>
    settings.enabled && settings.token !== undefined && settings.webhook_secret !== undefined
      ? [create${pascal(name)}Account({ apiBase: settings.api_base, token: settings.token, webhookSecret: settings.webhook_secret })]
      : [],
};
`;

const manifest = (name) => `import type { PlatformManifest } from '@assistant/adapter-kit';

/** ${sentence(name)} as data. A limit carries its source in a comment beside it. */
export const ${camel(name)}Manifest: PlatformManifest = {
  name: '${name}',
  title: { en: '${sentence(name)}', zh: '${sentence(name)}' },
  // 'key' where the vendor drops a repeated send by its key, 'none' where it cannot tell.
  senderClass: 'none',
  onUnknown: 'resend',
  text: { limit: 4000, unit: 'utf16' },
  bodyLimit: 1024 ** 2,
  contentTypes: ['application/json'],
  capabilities: {
    edit: false,
    streaming: 'none',
    typing: false,
    threads: false,
    replyQuote: false,
    buttons: false,
    groups: true,
    mediaIn: false,
    mediaOut: false,
  },
};
`;

const config = (name) => `import { defineSection, secretField } from '@assistant/config';
import { z } from 'zod';

const settingsSchema = z.object({
  enabled: z.boolean().default(false),
  token: secretField().optional(),
  /** Signs every webhook. */
  webhook_secret: secretField().optional(),
  api_base: z.url().default('https://api.${name}.example'),
});
export type ${pascal(name)}Settings = z.output<typeof settingsSchema>;

const isComplete = ({ enabled, token, webhook_secret: secret }: ${pascal(name)}Settings): boolean => !enabled || (token !== undefined && secret !== undefined);

export const ${camel(name)}Section = defineSection(
  'platforms.${name}',
  '${sentence(name)}.',
  settingsSchema.refine(isComplete, { error: 'an enabled ${name} account needs token and webhook_secret. Add them, or set enabled: false.', path: ['token'] }).prefault({}),
);
`;

const verify = () => `import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '@assistant/adapter-kit';
import type { Secret } from '@assistant/contracts';

/** Hex HMAC-SHA256 of the body as it came. */
const SIGNATURE_HEADER = 'x-signature-256';

/** Why a webhook is not believed, or undefined when it is. Constant in time. */
export const refusal = (request: RawRequest, secret: Secret): string | undefined => {
  const given = request.headers[SIGNATURE_HEADER];
  if (given === undefined) return 'the signature is missing';
  const wanted = createHmac('sha256', secret.reveal()).update(request.body).digest();
  const signature = Buffer.from(given, 'hex');
  return signature.length === wanted.length && timingSafeEqual(signature, wanted) ? undefined : 'the signature is wrong';
};
`;

const normalise = (name) => `import { conversationToken, type InboundEvent } from '@assistant/contracts';
import { z } from 'zod';

/** A webhook's body. Loose: a vendor adds fields whenever it likes. */
export const updateSchema = z.object({
  id: z.string(),
  sent_at: z.string(),
  chat: z.object({ id: z.string(), kind: z.enum(['direct', 'group']) }),
  sender: z.object({ id: z.string(), name: z.string().optional() }),
  text: z.string(),
  mentioned: z.boolean().default(false),
});
export type ${pascal(name)}Update = z.infer<typeof updateSchema>;

/** One update as one event of ours. Pure. */
export const normalise = (update: ${pascal(name)}Update, account: string, receivedAt: string): InboundEvent => {
  const { chat, sender, text } = update;
  return {
    v: 1,
    id: \`${name}:\${account}:\${update.id}\`,
    type: 'message.created',
    sentAt: update.sent_at,
    receivedAt,
    from: { tenant: 'default', platform: '${name}', account, conversation: conversationToken([account, chat.id, '']), chatId: chat.id, kind: chat.kind },
    sender: { id: sender.id, kind: 'user', ...(sender.name === undefined ? {} : { name: sender.name }) },
    message: { id: update.id, parts: [{ type: 'text', text, format: 'plain' }], text, addressed: chat.kind === 'direct' || update.mentioned },
  };
};
`;

const render = (name) => `import { fromMarkdownText, plainRichText, splitRichText, toPlainText } from '@assistant/adapter-kit';
import type { Reply } from '@assistant/contracts';
import { ${camel(name)}Manifest } from './manifest';

/** One call of the vendor's API: plain data. */
export interface ${pascal(name)}Call {
  readonly text: string;
}

const { limit, unit } = ${camel(name)}Manifest.text;

/** A reply as calls, in order, each within the limit. Pure. */
export const render = (reply: Reply): readonly ${pascal(name)}Call[] =>
  reply.parts.flatMap((part) => {
    if (part.type !== 'text') return [];
    const rich = part.format === 'markdown' ? fromMarkdownText(part.text) : plainRichText(part.text);
    return splitRichText(rich, limit, unit).map((piece) => ({ text: toPlainText(piece) }));
  });
`;

const client = (name) => `import { SendError, type Sent } from '@assistant/adapter-kit';
import { asAssistantError, type Destination, type ErrorCode, type Secret } from '@assistant/contracts';
import { readBody, type HttpClient } from '@assistant/net';
import { z } from 'zod';
import type { ${pascal(name)}Call } from './render';

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 1024 ** 2;
const sentSchema = z.object({ id: z.string() });

/** What happened before the request could leave: the message did not arrive. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set(['upstream_dns', 'upstream_connect_refused', 'upstream_tls', 'timeout_connect', 'upstream_proxy']);

export interface ${pascal(name)}Api {
  /** Sends one message. Throws SendError: \`not-sent\` where it cannot have arrived, \`unknown\` where it may have. */
  sendMessage(call: ${pascal(name)}Call, to: Destination, key: string, signal: AbortSignal): Promise<Sent>;
}

export const create${pascal(name)}Api = (http: HttpClient, apiBase: string, token: Secret): ${pascal(name)}Api => ({
  sendMessage: async (call, to, key, signal) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = { authorization: \`Bearer \${token.reveal()}\`, 'content-type': 'application/json', 'idempotency-key': key };
    const body = JSON.stringify({ chat_id: to.chatId, text: call.text });
    try {
      const answer = await http.request({ method: 'POST', url: \`\${apiBase.replace(/\\/+$/, '')}/messages\`, headers, body, signal: limit });
      const text = (await readBody(answer.body, { subject: '${name}', maxBytes: MAX_ANSWER_BYTES, signal: limit })).toString();
      if (answer.status >= 300) throw refused(answer.status);
      return { messageIds: [sentSchema.parse(JSON.parse(text)).id] };
    } catch (error) {
      throw error instanceof SendError ? error : broken(error);
    }
  },
});

const refused = (status: number): SendError => {
  const message = \`${sentence(name)} answered \${status}\`;
  if (status === 429) return new SendError('not-sent', 'platform_rate_limited', message, { retryable: true, retryAfterMs: 1000 });
  if (status >= 500) return new SendError('unknown', 'platform_error', message, { retryable: true });
  return new SendError('not-sent', status === 401 ? 'platform_auth' : 'platform_error', message, { retryable: false });
};

const broken = (cause: unknown): SendError => {
  const { code, message } = asAssistantError(cause);
  const left = !NOT_SENT.has(code);
  return new SendError(left ? 'unknown' : 'not-sent', left ? 'platform_unknown_outcome' : 'platform_error', message, { retryable: true, cause });
};
`;

const account = (name) => `import type { Account, RawRequest, Received } from '@assistant/adapter-kit';
import type { Secret } from '@assistant/contracts';
import { createHttpClient } from '@assistant/net';
import { create${pascal(name)}Api } from './client';
import { normalise, updateSchema } from './normalise';
import { render, type ${pascal(name)}Call } from './render';
import { refusal } from './verify';

export interface ${pascal(name)}AccountSettings {
  readonly apiBase: string;
  readonly token: Secret;
  readonly webhookSecret: Secret;
}

const ACCOUNT = 'default';

/** One bot. */
export const create${pascal(name)}Account = ({ apiBase, token, webhookSecret }: ${pascal(name)}AccountSettings): Account<${pascal(name)}Call> => {
  const http = createHttpClient({ maxConnections: 32 });
  const api = create${pascal(name)}Api(http, apiBase, token);
  return {
    id: ACCOUNT,
    receive: (request) => receive(request, webhookSecret),
    render,
    send: (call, to, key, signal) => api.sendMessage(call, to, key, signal),
    problem: () => undefined,
    close: () => http.close(),
  };
};

/** Signature first; only what is genuine is read. */
const receive = (request: RawRequest, secret: Secret): Received => {
  const reason = refusal(request, secret);
  if (reason !== undefined) return { kind: 'refused', status: 401, reason };
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    return { kind: 'unreadable', reason: 'not JSON in UTF-8' };
  }
  const update = updateSchema.safeParse(body);
  if (!update.success) return { kind: 'unreadable', reason: 'not an update of ${name}' };
  return { kind: 'events', events: [normalise(update.data, ACCOUNT, new Date().toISOString())] };
};
`;

const fixture = () =>
  `${JSON.stringify({ id: 'm1', sent_at: '2026-01-01T00:00:00.000Z', chat: { id: 'c1', kind: 'direct' }, sender: { id: 'u1', name: 'Ada' }, text: 'hello' }, null, 2)}\n`;

const test = (name) => `import { createHmac } from 'node:crypto';
import type { RawRequest } from '@assistant/adapter-kit';
import { inboundEventSchema, Secret } from '@assistant/contracts';
import { create${pascal(name)}Account } from './account';
import message from './fixtures/message.json';
import { ${camel(name)}Manifest } from './manifest';
import { render } from './render';

const secret = new Secret('${constant(name)}-test');
const account = create${pascal(name)}Account({ apiBase: 'http://127.0.0.1:1', token: new Secret('token'), webhookSecret: secret });
afterAll(() => account.close?.());

const webhook = (body: string, signature = createHmac('sha256', secret.reveal()).update(body).digest('hex')): RawRequest => ({
  method: 'POST',
  path: '',
  query: {},
  headers: { 'x-signature-256': signature },
  body: Buffer.from(body),
  remoteAddress: '127.0.0.1',
});

describe('the adapter of ${name}', () => {
  test('makes one event of a signed webhook', () => {
    const received = account.receive(webhook(JSON.stringify(message)));
    const events = received.kind === 'events' ? received.events : [];
    expect(events.map(({ id }) => id)).toEqual(['${name}:default:m1']);
    expect(events.every((event) => inboundEventSchema.safeParse(event).success)).toBe(true);
  });

  test('refuses a webhook whose signature is wrong', () => {
    expect(account.receive(webhook(JSON.stringify(message), '00'))).toMatchObject({ kind: 'refused', status: 401 });
  });

  test('keeps a signed body that nobody can read', () => {
    expect(account.receive(webhook('{'))).toMatchObject({ kind: 'unreadable' });
  });

  test('splits a long answer within the limit and loses nothing', () => {
    const text = 'word '.repeat(3000).trim();
    const calls = render({ parts: [{ type: 'text', text, format: 'plain' }] });
    expect(calls.every((call) => call.text.length <= ${camel(name)}Manifest.text.limit)).toBe(true);
    expect(calls.map((call) => call.text.trim()).join(' ')).toBe(text);
  });
});
`;

/** Every file of a new adapter, by its path inside the folder. It works as it stands, against a vendor as plain as can be. */
export const platformFiles = (name) => ({
  'package.json': packageJson(name),
  'tsconfig.json': tsconfig(),
  'src/main.ts': main(name),
  'src/index.ts': index(name),
  'src/service.ts': service(name),
  'src/platform.ts': platform(name),
  'src/manifest.ts': manifest(name),
  'src/config.ts': config(name),
  'src/account.ts': account(name),
  'src/verify.ts': verify(),
  'src/normalise.ts': normalise(name),
  'src/render.ts': render(name),
  'src/client.ts': client(name),
  'src/fixtures/message.json': fixture(),
  'src/account.test.ts': test(name),
});
