export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentiles of a sample; all zero for an empty one. */
export const percentiles = (sample: readonly number[]): Percentiles => {
  const sorted = Float64Array.from(sample).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
};

export const median = (values: readonly number[]): number => percentiles(values).p50;
