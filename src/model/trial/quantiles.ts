/** Quantiles in milliseconds; one that needs more batches than there are is null (docs/method.md, "A trial"). */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number;
}
