import type { PairedComparison } from '../model/comparison.js';
import type { Configuration } from '../model/configuration.js';
import type { Level } from '../model/knob.js';
import type { RunRecord, TrialRecord } from '../model/run-record.js';

/** The middle of a sample with its extremes. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** One configuration with all that its trials say. */
export interface ConfigurationRow {
  readonly configuration: Configuration;
  /** Ended trials in the order in which they ran, those that failed too. */
  readonly trials: readonly TrialRecord[];
  readonly plannedTrials: number;
  /** Everything below is over the succeeded trials only; null where there is none. */
  readonly rowsPerSecond: Spread | null;
  readonly batchMs: { readonly p50: number; readonly p95: number } | null;
  readonly batches: number | null;
  readonly rowsPerBatch: number | null;
  /** Mean milliseconds per batch by phase of durationMs. */
  readonly meanPhaseMs: Readonly<Record<string, number>>;
  /** Against the baseline; null for the baseline itself and where no block holds both. */
  readonly throughputChange: PairedComparison | null;
  readonly latencyChange: PairedComparison | null;
}

/** What one level of one factor does beside the baseline's level, all other factors alike. */
export interface LevelEffect {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  readonly throughput: PairedComparison | null;
  readonly latency: PairedComparison | null;
  /** Median rows/s and p50 batch time of the trials compared, this level's and the baseline level's. */
  readonly rowsPerSecond: { readonly level: number; readonly baseline: number } | null;
  readonly batchMs: { readonly level: number; readonly baseline: number } | null;
  readonly trialIds: readonly string[];
  readonly baselineTrialIds: readonly string[];
  readonly failedTrialIds: readonly string[];
}

/** Everything that a report says, ready for any renderer. */
export interface ReportModel {
  readonly run: RunRecord;
  readonly plannedTrials: number;
  /** Keys that differ between the configurations of this run. */
  readonly variedKeys: readonly string[];
  /** Knobs that are the same in all of them. */
  readonly constants: readonly { readonly key: string; readonly level: Level }[];
  readonly rows: readonly ConfigurationRow[];
  readonly effects: readonly LevelEffect[];
}
