import { AssistantError } from '@assistant/contracts';

export interface LimitSettings {
  readonly max_concurrent: number;
  readonly max_concurrent_per_caller: number;
}

export interface CallLimit {
  /** Takes a place for the caller; returns the way to give it back. Throws `overloaded` when there is none. */
  take(caller: string, settings: LimitSettings): () => void;
  readonly running: number;
}

/** Counts the calls at work, in all and by caller. A refused call never waits: the model may try again. */
export const createCallLimit = (): CallLimit => {
  const byCaller = new Map<string, number>();
  let running = 0;
  return {
    get running() {
      return running;
    },
    take: (caller, { max_concurrent, max_concurrent_per_caller }) => {
      const own = byCaller.get(caller) ?? 0;
      if (running >= max_concurrent) throw new AssistantError('overloaded', 'The toolbox is busy. Try again in a moment.');
      if (own >= max_concurrent_per_caller) throw new AssistantError('overloaded', `This conversation already has ${own} tool calls at work. Wait for them.`);
      running++;
      byCaller.set(caller, own + 1);
      let taken = true;
      return () => {
        if (!taken) return;
        taken = false;
        running--;
        const left = (byCaller.get(caller) ?? 1) - 1;
        if (left === 0) byCaller.delete(caller);
        else byCaller.set(caller, left);
      };
    },
  };
};
