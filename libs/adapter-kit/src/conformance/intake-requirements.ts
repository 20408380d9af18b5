import { isAccepted, deliver, deliverNothing, deliverOne, tried, type Requirement } from './requirement';
import type { RawRequest } from '../platform';
import type { NamedRequest } from './bench';
import { CANARY, said } from './hostile';
import { forgeries, layouts } from './forgery';

const DEEP = 100_000;

/** Whether a webhook is believed, and what is answered to it. */
export const INTAKE: readonly Requirement[] = [
  tried({
    number: 1,
    title: 'a genuine message is accepted and published exactly once',
    needs: 'message',
    find: ({ bench }) => bench.intake,
    run: async (context, intake) => {
      const event = await deliverOne(context, await intake.message({ text: said('genuine') }));
      expect(event).toMatchObject({ type: 'message.created', from: { platform: context.manifest.name }, message: { text: said('genuine'), addressed: true } });
    },
  }),
  tried({
    number: 2,
    title: 'what is not proven genuine is refused: nothing is published, and the log holds no more than the reason',
    needs: 'forged',
    find: ({ bench }) => bench.intake,
    run: async (context, intake) => {
      const told = context.stage.told.length;
      const requests: readonly NamedRequest[] = [
        ...forgeries(await intake.message({ text: said('forged') }), intake),
        ...(await intake.forged(said('forged'))),
      ];
      expect(requests.length).toBeGreaterThan(0);
      for (const { what, request } of requests) {
        const answer = await deliverNothing(context, what, request);
        expect({ what, status: answer.status, allowed: intake.refusedWith.includes(answer.status) }).toEqual({ what, status: answer.status, allowed: true });
        expect(answer.body).not.toMatch(/\n\s+at /);
        expect(answer.body).not.toContain(CANARY);
      }
      expect(context.stage.told.slice(told).filter((line) => line.includes(CANARY))).toEqual([]);
    },
  }),
  tried({
    number: 3,
    title: 'a body is believed by its bytes, however it is laid out; the same value in other bytes is not what was signed',
    needs: 'signed',
    find: ({ bench }) => bench.intake,
    run: async (context, intake) => {
      const text = said('raw 你好 👋 é');
      for (const index of layouts((await intake.message({ text })).body).keys()) {
        const original = await intake.message({ text });
        const layout = layouts(original.body)[index];
        if (layout === undefined) throw new Error('a message has fewer layouts than the one before');
        if (intake.coversBody) {
          const { status } = await deliverNothing(context, `${layout.what} under the old signature`, { ...original, body: layout.body });
          expect(intake.refusedWith).toContain(status);
        }
        const event = await deliverOne(context, await intake.signed(layout.body));
        expect({ what: layout.what, text: event.message.text }).toEqual({ what: layout.what, text });
      }
    },
  }),
  tried({
    number: 4,
    title: 'a time stamp outside of the window is refused on both sides, one inside is accepted',
    needs: 'windowSeconds',
    find: ({ bench }) => bench.intake.windowSeconds,
    run: async (context, windowSeconds) => {
      const { intake } = context.bench;
      const at = (seconds: number): Date => new Date(Date.now() + seconds * 1000);
      for (const seconds of [-windowSeconds - 30, windowSeconds + 30]) {
        const { status } = await deliverNothing(context, `${seconds} s`, await intake.message({ text: said('stale'), at: at(seconds) }));
        expect(intake.refusedWith).toContain(status);
      }
      for (const seconds of [-windowSeconds + 15, windowSeconds - 15])
        await deliverOne(context, await intake.message({ text: said('fresh'), at: at(seconds) }));
    },
  }),
  tried({
    number: 6,
    title: "the vendor's handshake is answered; a forged one is refused and its challenge not repeated",
    needs: 'handshake',
    find: ({ bench }) => bench.intake.handshake,
    run: async (context, handshake) => {
      const { genuine, answer, forged } = await handshake();
      const answered = await deliverNothing(context, 'a handshake', genuine);
      expect([isAccepted(answered.status), answered.body]).toEqual([true, answer]);
      const refused = await deliverNothing(context, 'a forged handshake', forged);
      expect(context.bench.intake.refusedWith).toContain(refused.status);
      expect(refused.body).not.toContain(answer);
    },
  }),
  tried({
    number: 7,
    title: 'what cannot be deciphered is refused with one and the same answer, whatever is wrong with it',
    needs: 'undecipherable',
    find: ({ bench }) => bench.intake.undecipherable,
    run: async (context, undecipherable) => {
      const answers = new Set<string>();
      for (const { what, request } of await undecipherable(said('encrypted'))) {
        const { status, body } = await deliverNothing(context, what, request);
        expect(context.bench.intake.refusedWith).toContain(status);
        expect(body).not.toMatch(/\n\s+at /);
        answers.add(`${status} ${body}`);
      }
      expect(answers.size).toBe(1);
    },
  }),
  tried({
    number: 8,
    title: 'while a secret is changed the old and the new one are believed, a withdrawn one is not',
    needs: 'rotated',
    find: ({ bench }) => bench.intake.rotated,
    run: async (context, rotated) => {
      const { accepted, revoked } = await rotated(said('rotated'));
      for (const request of accepted) await deliverOne(context, request);
      const { status } = await deliverNothing(context, 'a withdrawn secret', revoked);
      expect(context.bench.intake.refusedWith).toContain(status);
    },
  }),
  tried({
    number: 9,
    title: 'too large a body, another content type, endless nesting and unknown kinds are dealt with and published by nobody',
    needs: 'message',
    find: ({ bench }) => bench.intake,
    run: async (context, intake) => {
      const { manifest } = context;
      const message = await intake.message({ text: said('large') });
      const large = await intake.signed(Buffer.concat([message.body, Buffer.alloc(manifest.bodyLimit + 1 - message.body.length, ' ')]));
      expect(await deliverNothing(context, 'a body over the limit', large)).toMatchObject({ status: 413 });
      for (const type of ['text/plain', 'application/octet-stream', ''])
        expect(await deliverNothing(context, `content type ${type}`, withType(message, type))).toMatchObject({ status: 415 });
      const nested = await deliverNothing(context, 'endless nesting', await intake.signed(Buffer.from('{"a":'.repeat(DEEP / 5) + '1' + '}'.repeat(DEEP / 5))));
      expect(nested.status).toBeLessThan(500);
      const broken = await deliverNothing(context, 'bytes that are no UTF-8', await intake.signed(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])));
      expect(broken.status).toBeLessThan(500);
      if (intake.unknownKind !== undefined)
        expect(isAccepted((await deliverNothing(context, 'an unknown kind', await intake.unknownKind())).status)).toBe(true);
    },
  }),
  tried({
    number: 12,
    title: 'a message that the vendor tells of by several events is published once',
    needs: 'twins',
    find: ({ bench }) => bench.intake.twins,
    run: async (context, twins) => {
      const { answers, events } = await deliver(context, ...(await twins(said('twin'))));
      expect(answers.every(({ status }) => isAccepted(status))).toBe(true);
      expect(events).toHaveLength(1);
    },
  }),
  tried({
    number: 14,
    title: "an old message keeps the vendor's time, so that a policy can tell its age",
    needs: 'keepsTime',
    find: ({ bench }) => bench.intake.keepsTime,
    run: async (context) => {
      const at = new Date(Date.now() - 3_600_000);
      const event = await deliverOne(context, await context.bench.intake.message({ text: said('old'), at }));
      expect(Math.abs(Date.parse(event.sentAt) - at.getTime())).toBeLessThanOrEqual(1000);
      expect(Date.parse(event.receivedAt)).toBeGreaterThan(at.getTime() + 3_000_000);
    },
  }),
  tried({
    number: 15,
    title: 'one unreadable item of a batch does not keep the others out',
    needs: 'batch',
    find: ({ bench }) => bench.intake.batch,
    run: async (context, batch) => {
      const texts = ['one', 'two', 'three'].map(said);
      const { answers, events } = await deliver(context, await batch(texts));
      expect(answers.every(({ status }) => isAccepted(status))).toBe(true);
      expect(events.map(({ message }) => message.text).sort()).toEqual([...texts].sort());
    },
  }),
];

const withType = (request: RawRequest, type: string): RawRequest => ({
  ...request,
  headers: {
    ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== 'content-type')),
    ...(type === '' ? {} : { 'content-type': type }),
  },
});
