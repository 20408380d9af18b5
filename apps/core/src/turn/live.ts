import type { Lane } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import type { Live } from './types';

/** Shows one turn while it runs, over core NATS. */
export const openLive = (bus: Bus, lane: Lane, turnId: string): Live => {
  let sequence = 0;
  return {
    snapshot: (text) => bus.publishLive(lane, { kind: 'snapshot', turnId, sequence: ++sequence, text }),
    tool: (call) => bus.publishLive(lane, { kind: 'tool', turnId, sequence: ++sequence, ...call }),
  };
};
