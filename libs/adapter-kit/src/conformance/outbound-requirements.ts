import type { Media, Part } from '@assistant/contracts';
import { sendCall, type SendOptions, type SendResult } from '../delivery/send';
import { measure } from '../markup/split';
import type { OutboundBench } from './bench';
import { HALVES, HOSTILE, longTexts, said } from './hostile';
import { deadline, failureOf, firstCall, nextKey, show, textReply, tried, type Context, type Requirement } from './requirement';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
/** Whole seconds: not every vendor tells anything finer. */
const RETRY_AFTER_MS = 1000;
const FAMILY = '👩‍👩‍👧‍👦';

const outbound = ({ bench }: Context): OutboundBench | undefined => bench.outbound;

/** The kit's own sending: what it does about an adapter's errors is part of the promise. */
const sendByKit = (
  { stage, manifest }: Context,
  { account, to }: OutboundBench,
  text: string,
  changes: Partial<SendOptions<unknown>> = {},
): Promise<SendResult> => {
  const options: SendOptions<unknown> = {
    account,
    platform: manifest.name,
    senderClass: manifest.senderClass,
    policy: 'drop',
    log: stage.log,
    signal: deadline(),
    expiresAt: Date.now() + 60_000,
    ...changes,
  };
  return sendCall(options, firstCall({ account, to }, textReply(text)), to, nextKey());
};

const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** How answers leave. */
export const OUTBOUND: readonly Requirement[] = [
  tried({
    number: 21,
    title: "a long answer arrives in parts within the vendor's limit, complete, in order and with its looks",
    needs: 'outbound',
    find: outbound,
    run: async (
      {
        manifest: {
          text: { limit, unit },
        },
      },
      bench,
    ) => {
      for (const [what, text] of longTexts(limit)) {
        const parts = (await show(bench, textReply(text))).map((part) => part.text);
        expect(parts.length).toBeGreaterThan(1);
        expect({ what, longest: Math.max(...parts.map((part) => measure(part, unit))) <= limit, empty: parts.filter((part) => part.trim() === '') }).toEqual({
          what,
          longest: true,
          empty: [],
        });
        expect(squeezed(parts.join('')) === squeezed(text)).toBe(true);
        if (text.startsWith(FAMILY)) expect(parts.filter((part) => part.replaceAll(FAMILY, '') !== '')).toEqual([]);
      }
      const words = 'word after word '.repeat(Math.ceil(limit / 8)).trim();
      for (const [what, text] of [
        ['bold', `**${words}**`],
        ['code', `\`\`\`js\n${words.replaceAll('after', '\n')}\n\`\`\``],
      ] as const) {
        const parts = await show(bench, textReply(text, 'markdown'));
        const [looks] = (await show(bench, textReply(what === 'bold' ? '**word**' : '```js\nword\n```', 'markdown'))).map((part) => part.looks);
        expect(parts.length).toBeGreaterThan(1);
        expect(parts.map((part) => [what, part.looks])).toEqual(parts.map(() => [what, looks]));
        expect(parts.filter((part) => measure(part.text, unit) > limit)).toEqual([]);
      }
    },
  }),
  tried({
    number: 22,
    title: 'hostile texts arrive to the letter and ping nobody',
    needs: 'outbound',
    find: outbound,
    run: async (_context, bench) => {
      const carried = (text: string): string => bench.carried?.(text) ?? text;
      for (const [what, text] of [...HOSTILE, ['halves of surrogate pairs', HALVES] as const]) {
        const arrived = await show(bench, textReply(text));
        expect({ what, texts: arrived.map((message) => message.text), looks: arrived.flatMap(({ looks }) => looks) }).toEqual({
          what,
          texts: [carried(text.toWellFormed())],
          looks: [],
        });
        expect({ what, pings: arrived.flatMap(({ pings }) => pings) }).toEqual({ what, pings: [] });
        const read = await show(bench, textReply(text, 'markdown'));
        expect({ what, pings: read.flatMap(({ pings }) => pings) }).toEqual({ what, pings: [] });
        // In a code span Markdown takes nothing for a mark but what ends the span.
        if (/[`\u0000\r\n]/.test(text)) continue;
        expect((await show(bench, textReply(`\`\`\`\n${text}\n\`\`\``, 'markdown'))).map((message) => message.text)).toEqual([carried(text.toWellFormed())]);
      }
    },
  }),
  tried({
    number: 23,
    title: 'a rate limit is waited out as long as the vendor says, then the message goes out once, and gives up when it has expired',
    needs: 'outbound',
    find: outbound,
    run: async (context, bench) => {
      const { stage } = context;
      const call = firstCall(bench, textReply(said('limited')));
      bench.refuse({ kind: 'rate-limited', retryAfterMs: RETRY_AFTER_MS }, 1);
      expect(await failureOf(stage, bench.account.send(call, bench.to, nextKey(), deadline()))).toMatchObject({
        outcome: 'not-sent',
        code: 'platform_rate_limited',
        retryable: true,
        retryAfterMs: RETRY_AFTER_MS,
      });
      bench.refuse({ kind: 'rate-limited', retryAfterMs: undefined }, 1);
      expect(await failureOf(stage, bench.account.send(call, bench.to, nextKey(), deadline()))).toMatchObject({
        outcome: 'not-sent',
        code: 'platform_rate_limited',
        retryable: true,
      });

      const before = bench.shown().length;
      bench.refuse({ kind: 'rate-limited', retryAfterMs: RETRY_AFTER_MS }, 1);
      const started = performance.now();
      expect(await sendByKit(context, bench, said('waited'))).toMatchObject({ kind: 'sent' });
      expect(performance.now() - started).toBeGreaterThanOrEqual(RETRY_AFTER_MS - 1);
      expect(await sendByKit(context, bench, said('next'))).toMatchObject({ kind: 'sent' });
      expect(
        bench
          .shown()
          .slice(before)
          .map(({ text }) => text),
      ).toEqual([said('waited'), said('next')]);

      bench.refuse({ kind: 'rate-limited', retryAfterMs: RETRY_AFTER_MS }, 1);
      expect(await sendByKit(context, bench, said('expired'), { expiresAt: Date.now() - 1 })).toEqual({
        kind: 'dropped',
        reason: 'expired: platform_rate_limited',
        keep: true,
      });
    },
  }),
  tried({
    number: 24,
    title: 'where the vendor drops silently what comes too fast, a burst loses nothing',
    needs: 'silentlyDropped',
    find: ({ bench }) => bench.outbound?.silentlyDropped && bench.outbound,
    run: async (context, bench) => {
      const before = bench.shown().length;
      const sends = Array.from({ length: 40 }, (_, index) => sendByKit(context, bench, said(`burst ${index}`)));
      expect((await Promise.all(sends)).every(({ kind }) => kind === 'sent')).toBe(true);
      expect([bench.silentlyDropped?.(), bench.shown().length - before]).toEqual([0, 40]);
    },
  }),
  tried({
    number: 25,
    title: 'fifty sends with a token that has run out fetch one new token',
    needs: 'tokens',
    find: ({ bench }) => bench.outbound?.tokens,
    run: async (context, tokens) => {
      const { outbound: bench } = context.bench;
      if (bench === undefined) throw new Error('tokens without outbound');
      const before = tokens.issued();
      tokens.expire();
      const sends = Array.from({ length: 50 }, (_, index) => sendByKit(context, bench, said(`token ${index}`)));
      expect((await Promise.all(sends)).every(({ kind }) => kind === 'sent')).toBe(true);
      expect(tokens.issued() - before).toBe(1);
    },
  }),
  tried({
    number: 26,
    title: 'what cannot have arrived may be repeated; what may have arrived is an unknown outcome and never stands twice',
    needs: 'outbound',
    find: outbound,
    run: async (context, bench) => {
      const { stage, manifest } = context;
      const away = bench.unreachable();
      try {
        const refused = await failureOf(stage, away.send(firstCall({ account: away, to: bench.to }, textReply(said('away'))), bench.to, nextKey(), deadline()));
        expect(refused).toMatchObject({ outcome: 'not-sent', retryable: true });
      } finally {
        await away.close?.();
      }
      const call = firstCall(bench, textReply(said('unknown')));
      for (const kind of ['server-error', 'lost-answer'] as const) {
        bench.refuse({ kind }, 1);
        const unknown = await failureOf(stage, bench.account.send(call, bench.to, nextKey(), deadline()));
        expect({ kind, outcome: unknown.outcome, retryable: unknown.retryable }).toEqual({ kind, outcome: 'unknown', retryable: true });
      }
      const before = bench.shown().length;
      bench.refuse({ kind: 'lost-answer' }, 1);
      const result = await sendByKit(context, bench, said('once'));
      expect(result.kind).toBe(manifest.senderClass === 'none' ? 'dropped' : 'sent');
      expect(
        bench
          .shown()
          .slice(before)
          .map(({ text }) => text),
      ).toEqual([said('once')]);
    },
  }),
  tried({
    number: 27,
    title: 'a permanent refusal is not repeated; refused looks cost the looks alone, and a deleted message is answered without a quote',
    needs: 'outbound',
    find: outbound,
    run: async (context, bench) => {
      for (const [kind, code] of [
        ['blocked', 'platform_blocked'],
        ['gone', 'platform_not_found'],
      ] as const) {
        bench.refuse({ kind }, 1);
        const attempts = bench.attempts();
        expect(await sendByKit(context, bench, said(kind))).toMatchObject({ kind: 'dropped', reason: code });
        expect({ kind, attempts: bench.attempts() - attempts }).toEqual({ kind, attempts: 1 });
      }
      const looks = textReply(`**${said('looks')}** and \`code\``, 'markdown');
      bench.refuse({ kind: 'bad-format' }, 1);
      const plain = await show(bench, looks);
      expect(plain).toHaveLength(1);
      expect(plain[0]?.text).toContain(said('looks'));
      const attempts = bench.attempts();
      bench.refuse({ kind: 'bad-format' }, 10);
      const call = firstCall(bench, looks);
      expect(await failureOf(context.stage, bench.account.send(call, bench.to, nextKey(), deadline()))).toMatchObject({
        outcome: 'not-sent',
        code: 'platform_bad_format',
        retryable: false,
      });
      expect(bench.attempts() - attempts).toBeLessThanOrEqual(2);
      bench.refuse({ kind: 'bad-format' }, 0);
      if (bench.deletedMessage === undefined) return;
      const quoted = await show(bench, { ...textReply(said('quote')), replyTo: bench.deletedMessage });
      expect(quoted.map(({ text }) => text)).toEqual([said('quote')]);
    },
  }),
  tried({
    number: 28,
    title: 'an answer after the window has closed fails for good and says so',
    needs: 'closeWindow',
    find: ({ bench }) => bench.outbound?.closeWindow && bench.outbound,
    run: async ({ stage }, bench) => {
      bench.closeWindow?.();
      const call = firstCall(bench, textReply(said('late')));
      expect(await failureOf(stage, bench.account.send(call, bench.to, nextKey(), deadline()))).toMatchObject({ outcome: 'not-sent', retryable: false });
    },
  }),
  tried({
    number: 30,
    title: 'the chat is shown that an answer is being written',
    needs: 'outbound of a platform that can show it',
    find: (context) => (context.manifest.capabilities.typing ? outbound(context) : undefined),
    run: async (_context, bench) => {
      if (bench.account.typing === undefined) throw new Error('the manifest says typing, the account has none');
      const before = bench.typings();
      await bench.account.typing(bench.to, deadline());
      await bench.account.typing(bench.to, deadline());
      expect(bench.typings() - before).toBe(2);
    },
  }),
  tried({
    number: 31,
    title: 'files arrive byte for byte with all their words; one that is missing or too large is a refusal of its own, and only of itself',
    needs: 'outbound of a platform that sends files',
    find: (context) => (context.manifest.capabilities.mediaOut ? outbound(context) : undefined),
    run: async ({ stage, manifest }, bench) => {
      const put = async (bytes: Buffer, mime: string, name: string): Promise<Media> => ({ ...(await stage.bus.blobs.put(bytes, { mime, name })), mime, name });
      const part = (media: Media, kind: 'image' | 'file', caption?: string): Part => ({
        type: 'media',
        kind,
        media,
        ...(caption === undefined ? {} : { caption }),
      });
      const picture = await put(PNG, 'image/png', 'dot.png');
      const document = await put(Buffer.from('a,b\n1,2\n'), 'text/csv', '表 1.csv');
      for (const [media, kind, bytes] of [
        [picture, 'image', PNG],
        [document, 'file', Buffer.from('a,b\n1,2\n')],
      ] as const) {
        const files = (await show(bench, { parts: [part(media, kind, said('caption'))] })).filter(({ file }) => file !== undefined);
        expect(files.map(({ file }) => file?.equals(bytes))).toEqual([true]);
      }
      const words = 'word '.repeat(manifest.text.limit / 4).trim();
      const shown = await show(bench, { parts: [part(picture, 'image', words)] });
      expect(squeezed(shown.map(({ text }) => text).join(''))).toBe(squeezed(words));
      expect(shown.filter(({ file }) => file !== undefined)).toHaveLength(1);
      const refused = async (media: Media): Promise<unknown> => {
        const call = firstCall(bench, { parts: [part(media, 'file')] });
        return failureOf(stage, bench.account.send(call, bench.to, nextKey(), deadline()));
      };
      expect(await refused({ ref: 'blob:nowhere', mime: 'text/csv' })).toMatchObject({ outcome: 'not-sent', code: 'media_unavailable', retryable: false });
      if (bench.largestFileBytes === undefined) return;
      expect(await refused(await put(Buffer.alloc(bench.largestFileBytes + 1), 'application/zip', 'big.zip'))).toMatchObject({
        outcome: 'not-sent',
        code: 'platform_too_large',
        retryable: false,
      });
    },
  }),
];
