import type { InboundEvent } from '@assistant/contracts';
import type { OfferedFile } from './bench';
import { said } from './hostile';
import { isAccepted, deliverNothing, deliverOne, tried, type Requirement } from './requirement';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
/** A name that climbs out of its folder and hides its real end. */
const EVIL_NAME = '../../etc/cron.d/photo\u202egnp.exe';

/** What a genuine webhook becomes. */
export const NORMALISATION: readonly Requirement[] = [
  tried({
    number: 16,
    title: "a message becomes an event that fits the contract, with the vendor's ids to the last digit",
    needs: 'message',
    find: ({ bench }) => bench.intake,
    run: async (context, intake) => {
      const first = await deliverOne(context, await intake.message({ text: said('first') }));
      const second = await deliverOne(context, await intake.message({ text: said('second') }));
      const { name } = context.manifest;
      for (const event of [first, second]) {
        expect(event.id.startsWith(`${name}:${event.from.account}:`)).toBe(true);
        expect([event.from.platform, event.sender.kind]).toEqual([name, 'user']);
        for (const time of [event.sentAt, event.receivedAt]) expect(new Date(time).toISOString()).toBe(time);
      }
      expect(first.id).not.toBe(second.id);
      expect(first.message.id).not.toBe(second.message.id);
      expect(first.from.conversation).toBe(second.from.conversation);
      if (intake.largestChat === undefined) return;
      const far = await deliverOne(context, await intake.message({ text: said('far'), chat: intake.largestChat }));
      expect(far.from.chatId).toBe(intake.largestChat);
      expect(far.from.conversation).not.toBe(first.from.conversation);
    },
  }),
  tried({
    number: 17,
    title: 'what a bot wrote is taken and never answered',
    needs: 'fromBot',
    find: ({ bench }) => bench.intake.fromBot,
    run: async (context, fromBot) => {
      expect(isAccepted((await deliverNothing(context, 'a bot', await fromBot(said('bot')))).status)).toBe(true);
    },
  }),
  tried({
    number: 18,
    title: 'in a group only what is meant for the bot is published',
    needs: 'group',
    find: ({ bench }) => bench.intake.group,
    run: async (context, group) => {
      const { meant, others } = await group(said('group'));
      expect(Math.min(meant.length, others.length)).toBeGreaterThan(0);
      for (const { what, request } of others)
        expect({ what, accepted: isAccepted((await deliverNothing(context, what, request)).status) }).toEqual({ what, accepted: true });
      for (const { what, request } of meant) {
        const event = await deliverOne(context, request);
        expect({ what, kind: event.from.kind, addressed: event.message.addressed }).toEqual({ what, kind: 'group', addressed: true });
      }
    },
  }),
  tried({
    number: 19,
    title: 'an edit names the message it changes, a pressed button brings its value',
    needs: 'edited or pressed',
    find: ({ bench: { intake } }) => (intake.edited === undefined && intake.pressed === undefined ? undefined : intake),
    run: async (context, intake) => {
      if (intake.edited !== undefined) {
        const [before, after] = await intake.edited(said('before'), said('after'));
        const events: readonly InboundEvent[] = [await deliverOne(context, before), await deliverOne(context, after)];
        expect(events.map(({ type, message }) => [type, message.text])).toEqual([
          ['message.created', said('before')],
          ['message.updated', said('after')],
        ]);
        expect(new Set(events.map(({ message }) => message.id)).size).toBe(1);
        expect(new Set(events.map(({ id }) => id)).size).toBe(2);
      }
      if (intake.pressed !== undefined) {
        expect(await deliverOne(context, await intake.pressed('/approve 4711'))).toMatchObject({
          type: 'interaction',
          interaction: { value: '/approve 4711' },
          message: { addressed: true },
        });
      }
    },
  }),
  tried({
    number: 20,
    title: 'a file is what its bytes are, has a harmless name, and is cut off at the limit whatever was announced',
    needs: 'files',
    find: ({ bench }) => bench.intake.files,
    run: async ({ stage }, files) => {
      const offered: OfferedFile = { bytes: PNG, name: EVIL_NAME, mime: 'text/html', announcedSize: PNG.length };
      const media = await files.take(offered);
      expect(media).toMatchObject({ mime: 'image/png', size: PNG.length });
      expect(media.name ?? '').not.toMatch(/[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\]/);
      const { bytes } = await stage.bus.blobs.get(media.ref);
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(PNG)).toBe(true);
      await expect(files.take({ ...offered, bytes: Buffer.alloc(files.limitBytes + 1) })).rejects.toThrow(/larger|too big/);
    },
  }),
];
