export type { Bench, ConformanceOptions, IntakeBench, NamedRequest, OfferedFile, OutboundBench, Proof, Refusal, Shown, Writing } from './bench';
export { describeConformance } from './describe-conformance';
export type { Answer, Outcome, Stage } from './stage';
