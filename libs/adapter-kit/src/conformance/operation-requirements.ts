import { registry } from '@assistant/telemetry';
import { AccountSet } from '../account-set';
import type { Refusal } from './bench';
import { CANARY, said } from './hostile';
import { deadline, deliverNothing, deliverOne, failureOf, firstCall, nextKey, show, textReply, tried, type Requirement } from './requirement';

const PROBLEM_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 20;
const REFUSALS: readonly Refusal[] = [
  { kind: 'rate-limited', retryAfterMs: 1000 },
  { kind: 'blocked' },
  { kind: 'gone' },
  { kind: 'server-error' },
  { kind: 'lost-answer' },
];

/** What operators rely on. */
export const OPERATION: readonly Requirement[] = [
  tried({
    number: 35,
    title: 'bad credentials make one account unwell, with a sentence that names what to mend, and leave the others alone',
    needs: 'outbound with an account that connects',
    find: ({ bench }) => (bench.outbound?.account.connect === undefined ? undefined : bench.outbound),
    run: async ({ stage, manifest, bench: { secrets } }, bench) => {
      const accounts = new AccountSet<unknown>(manifest.name, stage.log);
      try {
        await accounts.replace([bench.misconfigured()]);
        const until = Date.now() + PROBLEM_TIMEOUT_MS;
        const problem = (): string | undefined => accounts.problems().find((text) => text.includes(bench.credentialSetting));
        while (problem() === undefined && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        expect(accounts.problems()).toMatchObject([problem() ?? `… ${bench.credentialSetting} …`]);
        for (const secret of secrets) expect(accounts.problems().join()).not.toContain(secret);
        expect((await show(bench, textReply(said('unaffected')))).map(({ text }) => text)).toEqual([said('unaffected')]);
      } finally {
        await accounts.replace([]);
      }
    },
  }),
  tried({
    number: 36,
    title: 'no secret and no word of a message stands in a log line, an error or a metric; one account is not believed for another',
    needs: 'message',
    find: ({ bench }) => bench,
    run: async (context, { intake, outbound, secrets }) => {
      const { stage } = context;
      await deliverOne(context, await intake.message({ text: said('private') }));
      if (intake.foreign !== undefined) {
        const { status } = await deliverNothing(context, 'signed for another account', await intake.foreign(said('foreign')));
        expect(intake.refusedWith).toContain(status);
      }
      for (const refusal of outbound === undefined ? [] : REFUSALS) {
        if (outbound === undefined) break;
        outbound.refuse(refusal, 1);
        await failureOf(stage, outbound.account.send(firstCall(outbound, textReply(said('private'))), outbound.to, nextKey(), deadline()));
      }
      const metrics = await registry.metrics();
      expect(stage.told.length).toBeGreaterThan(0);
      for (const hidden of [...secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]), CANARY]) {
        expect([...stage.told, metrics].filter((text) => text.includes(hidden))).toEqual([]);
      }
    },
  }),
];
