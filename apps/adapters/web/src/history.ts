import type { LaneLog, Stored } from '@assistant/bus';
import type { CommitRecord, Lane, TurnRecord } from '@assistant/contracts';

export interface CommitPage {
  /** Oldest first. */
  readonly commits: readonly Stored<CommitRecord>[];
  readonly more: boolean;
  /** The newest commit of the lane, 0 = none; only known for the newest page. */
  readonly newest: number;
}

const isCommit = (stored: Stored<TurnRecord>): stored is Stored<CommitRecord> => stored.record.kind === 'commit';

/**
 * The newest commits of a lane, or the newest ones before a commit. Every record names the commit before it, so a
 * page costs as many reads as it has entries, however long the conversation is.
 */
export const readCommits = async (
  turns: Pick<LaneLog<TurnRecord>, 'last' | 'at'>,
  lane: Lane,
  before: number | undefined,
  limit: number,
): Promise<CommitPage> => {
  const start = before === undefined ? await turns.last(lane) : await turns.at(lane, before);
  if (start === undefined) return { commits: [], more: false, newest: 0 };
  let next = before === undefined && isCommit(start) ? start.sequence : start.record.after;
  const newest = before === undefined ? next : 0;
  const commits: Stored<CommitRecord>[] = [];
  while (next > 0 && commits.length < limit) {
    const stored = next === start.sequence ? start : await turns.at(lane, next);
    // The log lets go of its oldest records: the chain then ends early.
    if (stored === undefined || !isCommit(stored)) {
      next = 0;
      break;
    }
    commits.unshift(stored);
    next = stored.record.after;
  }
  return { commits, more: next > 0, newest };
};
