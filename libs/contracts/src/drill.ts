/**
 * Where a drill may break things. Only bundles that the drill builds for itself define `ASSISTANT_DRILL_BUILD`;
 * in every other build these are constants that do nothing, whatever the environment says.
 */
declare const ASSISTANT_DRILL_BUILD: boolean | undefined;

const enabled = typeof ASSISTANT_DRILL_BUILD !== 'undefined' && ASSISTANT_DRILL_BUILD === true;

/** The places at which a process can be made to die, in the order a message passes them. */
export const CRASH_STAGES = [
  'edge-after-puback',
  'core-before-model',
  'core-before-commit',
  'core-after-commit',
  'send-after-intent',
  'send-after-platform',
  'send-after-done',
] as const;
export type CrashStage = (typeof CRASH_STAGES)[number];

/** A guarantee that the drill takes away to see that it then turns red. */
export type DrillMutation = 'cas' | 'intent' | 'floor';

const [crashStage, crashCount] = (enabled ? (process.env['CRASH_AT'] ?? '') : '').split(':');
let passesLeft = Number(crashCount ?? 1);

/** Kills this process with SIGKILL the n-th time the stage named by `CRASH_AT=<stage>:<n>` is passed. */
export const crashPoint = (stage: CrashStage): void => {
  if (enabled && stage === crashStage && --passesLeft <= 0) process.kill(process.pid, 'SIGKILL');
};

/** True while the drill runs without this guarantee. */
export const mutated = (mutation: DrillMutation): boolean => enabled && process.env['ASSISTANT_DRILL_MUTATION'] === mutation;
