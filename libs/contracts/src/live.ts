import type { Destination } from './message';

/**
 * What is shown while a turn runs. Travels over core NATS and may be lost; the truth is the commit on TURN.
 * `sequence` rises within a turn.
 */
export type LiveEvent =
  | { readonly kind: 'started'; readonly turnId: string; readonly inIds: readonly string[]; readonly to: Destination }
  /** The whole visible answer so far, never an increment: a lost event costs nothing. */
  | { readonly kind: 'snapshot'; readonly turnId: string; readonly sequence: number; readonly text: string }
  | {
      readonly kind: 'tool';
      readonly turnId: string;
      readonly sequence: number;
      readonly callId: string;
      readonly name: string;
      readonly state: 'running' | 'done' | 'failed' | 'denied';
      /** JSON text, cut for display. */
      readonly arguments: string;
      readonly result?: string;
    }
  | { readonly kind: 'committed'; readonly turnId: string; readonly turnSeq: number };
