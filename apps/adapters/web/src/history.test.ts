import type { Stored } from '@assistant/bus';
import type { CommitRecord, TurnRecord } from '@assistant/contracts';
import fc from 'fast-check';
import { destinationOf, newChatId } from './conversation';
import { readCommits } from './history';

const to = destinationOf(newChatId('v'.repeat(22)));

/** A lane: `true` is a commit, `false` a begin record of the turn that follows. Sequences have gaps, as other lanes share the stream. */
const laneOf = (kinds: readonly boolean[]): readonly Stored<TurnRecord>[] => {
  const records: Stored<TurnRecord>[] = [];
  let after = 0;
  for (const [index, isCommit] of kinds.entries()) {
    const sequence = index * 7 + 5;
    const base = { v: 1 as const, turnId: `t${index}`, inSeq: index, at: 0, epoch: 1, after };
    const commit: CommitRecord = {
      ...base,
      kind: 'commit',
      inIds: [],
      status: 'answered',
      to,
      replies: [],
      history: [],
      session: { window: 0 },
      recent: [],
      acceptedAt: 0,
      waitedMs: 0,
      traceId: '',
    };
    records.push({ sequence, record: isCommit ? commit : { ...base, kind: 'begin', attempt: 1 } });
    if (isCommit) after = sequence;
  }
  return records;
};
const logOf = (records: readonly Stored<TurnRecord>[]) => ({
  last: () => Promise.resolve(records.at(-1)),
  at: (_lane: unknown, sequence: number) => Promise.resolve(records.find((stored) => stored.sequence === sequence)),
});

describe('the history of a conversation', () => {
  it('is every commit, oldest first, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), async (kinds, limit) => {
        const records = laneOf(kinds);
        const wanted = records.flatMap(({ sequence, record }) => (record.kind === 'commit' ? [sequence] : []));
        const found: number[] = [];
        let before: number | undefined;
        for (let more = true; more;) {
          const page = await readCommits(logOf(records), to, before, limit);
          if (before === undefined) expect(page.newest).toBe(wanted.at(-1) ?? 0);
          found.unshift(...page.commits.map(({ sequence }) => sequence));
          more = page.more;
          before = page.commits[0]?.sequence;
        }
        expect(found).toEqual(wanted);
      }),
    );
  });

  it('ends where the log has let go of older records', async () => {
    const records = laneOf([true, true, true, true]).slice(2);
    expect(await readCommits(logOf(records), to, undefined, 10)).toMatchObject({ commits: [{ sequence: 19 }, { sequence: 26 }], more: false });
  });
});
