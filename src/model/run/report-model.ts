import type { Verdict } from './comparison.js';
import type { Configuration } from '../configuration.js';
import type { Level } from '../knob.js';
import type { EndedTrial } from '../trial/ended-trial.js';
import type { RunRecord } from './run-record.js';

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
  readonly trials: readonly EndedTrial[];
  readonly plannedTrials: number;
  /** Blocks in which it has ended, however. */
  readonly endedBlocks: number;
  /** Ended trials that do not count and that no second try has replaced. */
  readonly failures: readonly EndedTrial[];
  /** Everything below is over the succeeded trials only; null where there is none. */
  readonly rowsPerSecond: Spread | null;
  readonly batchMs: { readonly p50: number; readonly p95: number } | null;
  /** Under an offered load: end-to-end latency, and in how many of the trials the load was sustainable. */
  readonly offered: {
    readonly endToEndMs: { readonly p50: number; readonly p95: number };
    readonly sustainable: number;
    readonly trials: number;
  } | null;
  readonly batches: number | null;
  readonly rowsPerBatch: number | null;
  /** Mean milliseconds per batch by phase of durationMs. */
  readonly meanPhaseMs: Readonly<Record<string, number>>;
  /** Against the baseline; null for the baseline itself. */
  readonly throughput: Verdict | null;
  readonly latency: Verdict | null;
  /** Where the difference lies; null unless throughput is better or worse. */
  readonly attribution: Attribution | null;
}

/** A figure of the baseline and of the configuration. */
interface Change {
  readonly before: number;
  readonly after: number;
}

/** Which part of a batch makes a difference. Milliseconds for 1,000 rows. */
export interface Attribution {
  /** The phase of durationMs that changed most. */
  readonly main: Change & { readonly phase: string };
  /** Its part of the whole change; above 1 where others went the other way. */
  readonly share: number;
  /** Phases that moved by less than a tenth. */
  readonly unchanged: readonly string[];
  /** The step of the stateful operator that changed most, in task time; null for a stateless query. */
  readonly operator:
    (Change & { readonly name: string; readonly step: 'update' | 'removal' | 'commit' }) | null;
  /** Tasks of the stateful stage; null for a stateless query. */
  readonly tasks: {
    readonly before: TaskSize;
    readonly after: TaskSize;
  } | null;
}

interface TaskSize {
  readonly tasks: number;
  readonly rowsPerTask: number;
}

/** What one level of one factor does beside the baseline's level, all other factors alike. */
export interface LevelEffect {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  readonly throughput: Verdict;
  readonly latency: Verdict;
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
  /** Trials that need not run, as a look has decided their configuration. */
  readonly skippedTrials: number;
  /** Planned trials that have ended; a second try is no further one. */
  readonly endedTrials: number;
  /** The share within which gains count as equivalent. */
  readonly delta: number;
  /** Keys that differ between the configurations of this run. */
  readonly variedKeys: readonly string[];
  /** Knobs that are the same in all of them. */
  readonly constants: readonly { readonly key: string; readonly level: Level }[];
  readonly rows: readonly ConfigurationRow[];
  /** What this run could detect. */
  readonly sensitivity: Sensitivity;
  readonly effects: readonly LevelEffect[];
  /** The levels that are better than the baseline's, the largest gain first. */
  readonly better: readonly LevelEffect[];
  /** Whether the intervals of the first two of them overlap, so that nobody can tell which is the best. */
  readonly tied: boolean;
  /** Configurations that no other one beats in both throughput and latency, by their medians; the fastest first. */
  readonly paretoFront: readonly ParetoPoint[];
  /** Those that could stand on it. */
  readonly paretoCandidates: number;
}

/** Rows per second and p95 of latency, milliseconds: medians over the trials of a configuration. */
export interface ParetoPoint {
  readonly configuration: Configuration;
  readonly rowsPerSecond: number;
  readonly p95Ms: number;
}

/** The controls of a run: what it measured where there was nothing to measure. */
export interface Sensitivity {
  /** The verdict about the baseline against itself; null where it was not run. */
  readonly aa: Verdict | null;
  /** Noise: median over the configurations of the sd of paired log differences; null without two blocks. */
  readonly sd: number | null;
  /** The same without the canary, where it was evened out; else null. */
  readonly unadjustedSd: number | null;
  /** The smallest gain that this run would have shown with 80 % power, from that noise; null as above. */
  readonly minimumDetectable: number | null;
  /** Change of the baseline's throughput from the first to the last block; null with fewer than two. */
  readonly drift: number | null;
  readonly blocks: number;
  /** How the machine's speed was read; null where it was not. */
  readonly canary: {
    /** Of ln throughput on ln canary time; null where it is not evened out. */
    readonly slope: number | null;
    /** Share of the measured time that the job stood still for it. */
    readonly frozenShare: number;
    /** How much slower the slowest trial's machine was than the fastest's. */
    readonly range: number;
  } | null;
  /** Share of all processors' time that other programs took, in the middle trial and at most; null where unknown. */
  readonly others: { readonly median: number; readonly most: number } | null;
  /** Trials during which the machine was busy with others, or much slower than usual. */
  readonly disturbed: readonly string[];
}
