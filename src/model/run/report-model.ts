import type { CheckedClaim } from '../detail/checked-claim.js';
import type { CanaryChoice } from './canary-choice.js';
import type { Control, Verdict, VerdictKind } from './comparison.js';
import type { Conclusion } from './conclusion.js';
import type { ConfigurationCost, RowCost } from '../cost.js';
import type { Configuration } from '../configuration.js';
import type { Interactions } from '../detail/interaction.js';
import type { Level } from '../knob.js';
import type { SmallerTrial } from '../executors-seen.js';
import type { EndedTrial } from '../trial/ended-trial.js';
import type { SeveralQueries } from '../trial/measurement.js';
import type { Quantiles } from '../trial/quantiles.js';
import type { NextStep } from './next-step.js';
import type { ResultComparison } from '../result/result-comparison.js';
import type { SettingRow } from '../detail/setting-row.js';
import type { RunRecord } from './run-record.js';

/** The median of a sample with its extremes. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** One configuration with all figures from its trials. */
export interface ConfigurationRow {
  readonly configuration: Configuration;
  /** Ended trials in execution order, including failed ones. */
  readonly trials: readonly EndedTrial[];
  readonly plannedTrials: number;
  /** Blocks in which one of its trials has ended, whatever the outcome. */
  readonly endedBlocks: number;
  /** Ended trials that do not count and were not replaced by a retry. */
  readonly failures: readonly EndedTrial[];
  /** Everything below covers the succeeded trials only; null if there are none. */
  readonly rowsPerSecond: Spread | null;
  /** Medians over the trials, of p95 only if each of them has one; and the maximum of all. */
  readonly batchMs: Omit<Quantiles, 'p99'> | null;
  /** Under an offered load: end-to-end latency, and in how many of the trials the load was sustainable. */
  readonly offered: {
    readonly endToEndMs: Omit<Quantiles, 'p99'>;
    readonly sustainable: number;
    readonly trials: number;
  } | null;
  readonly batches: number | null;
  readonly rowsPerBatch: number | null;
  /** Mean milliseconds per batch, by phase of durationMs. */
  readonly meanPhaseMs: Readonly<Record<string, number>>;
  /** Each query and all together, medians over the trials; null for a job with one query. */
  readonly queries: SeveralQueries | null;
  /** What a million rows cost; null if nobody knows what it was given, or no batch counts. */
  readonly cost: ConfigurationCost | null;
  /** Against the baseline; null for the baseline itself. */
  readonly throughput: Verdict | null;
  readonly latency: Verdict | null;
  /** Whether it wrote what the baseline wrote; null for the baseline and its control. */
  readonly result: ResultComparison | null;
  /** Where the difference arises; null unless throughput is better or worse. */
  readonly attribution: Attribution | null;
}

/** A figure of the baseline and of the configuration. */
interface Change {
  readonly before: number;
  readonly after: number;
}

/** The part of a batch that accounts for a difference. Milliseconds per 1,000 rows. */
export interface Attribution {
  /** The phase of durationMs that changed most. */
  readonly main: Change & { readonly phase: string };
  /** Its share of the total change; above 1 if other phases changed in the opposite direction. */
  readonly share: number;
  /** Phases that changed by less than a tenth. */
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

/** The effect of one level of a factor relative to the baseline's level, with all other factors equal. */
export interface LevelEffect {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  readonly throughput: Verdict;
  readonly latency: Verdict;
  /** Median rows/s and p50 batch time of the compared trials, for this level and for the baseline's level. */
  readonly rowsPerSecond: { readonly level: number; readonly baseline: number } | null;
  readonly batchMs: { readonly level: number; readonly baseline: number } | null;
  readonly trialIds: readonly string[];
  readonly baselineTrialIds: readonly string[];
  readonly failedTrialIds: readonly string[];
}

/** What the screening of a run has chosen. */
export interface ScreeningOutcome {
  /** Blocks that ranked the candidates, and those that judge the best of them. */
  readonly blocks: number;
  readonly judgingBlocks: number;
  /** How many candidates were ranked, and how many are kept at most. */
  readonly candidates: number;
  readonly top: number;
  /** Whether all its trials have ended. */
  readonly isOver: boolean;
  /** Best first; what the choice would be now if it is not over. */
  readonly kept: readonly Configuration[];
}

/** What one key of the best configuration does: that configuration against itself with the baseline's level of the key. */
export interface AblationEffect {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  readonly without: Configuration;
  readonly throughput: Verdict;
  readonly latency: Verdict;
}

/** Everything that a report says, ready for any renderer. */
export interface ReportModel {
  readonly run: RunRecord;
  readonly plannedTrials: number;
  /** Trials skipped because a look had decided their configuration. */
  readonly skippedTrials: number;
  /** Planned trials that have ended; a retry does not count again. */
  readonly endedTrials: number;
  /** The chance that any claim of the report is false, at one look if there are several. */
  readonly alpha: number;
  /** The share within which gains count as equivalent. */
  readonly delta: number;
  /** The look at which the run was judged: a block, or Infinity for all; null before the first: no verdicts yet. */
  readonly judgedAt: number | null;
  /** Null if every block judges all candidates. */
  readonly screening: ScreeningOutcome | null;
  /** The keys of the best configuration of the screening, if it changes several; empty before they are judged. */
  readonly ablations: readonly AblationEffect[];
  /** Keys that differ between the configurations of this run. */
  readonly variedKeys: readonly string[];
  /** Knobs that are the same in all of them. */
  readonly constants: readonly { readonly key: string; readonly level: Level }[];
  readonly rows: readonly ConfigurationRow[];
  /** What a million rows cost in each trial, by its id; only of those of which that is known. */
  readonly trialCosts: Readonly<Record<string, RowCost>>;
  /** What the run's script asks for, beside what ran; empty for the shipped job. */
  readonly settings: readonly SettingRow[];
  readonly conclusion: Conclusion;
  /** Trials that count with fewer executors than others that ask for the same; only on a cluster. */
  readonly smallerTrials: readonly SmallerTrial[];
  /** What this run could detect. */
  readonly sensitivity: Sensitivity;
  readonly effects: readonly LevelEffect[];
  /** The levels that are better than the baseline's, largest gain first. */
  readonly better: readonly LevelEffect[];
  /** Whether the intervals of the first two overlap, so that the best cannot be determined. */
  readonly tied: boolean;
  /** What others say of the settings, held against the verdicts. */
  readonly claims: readonly CheckedClaim[];
  /** What pairs of changes do together: estimates, no claims. */
  readonly interactions: Interactions;
  /** What nothing was judged to beat in both throughput and latency; fastest first; empty without a claim. */
  readonly paretoFront: readonly ParetoPoint[];
  /** What to do now; null while the run goes on, or where nothing is left to try. */
  readonly next: NextStep | null;
}

/** Rows per second and median latency in milliseconds: medians over the trials of a configuration. */
export interface ParetoPoint {
  readonly configuration: Configuration;
  readonly rowsPerSecond: number;
  readonly latencyMs: number;
  /** Its p95, an estimate that nothing is judged by; null with too few batches. */
  readonly latencyP95Ms: number | null;
  /** Judged against the baseline; null for the baseline itself. */
  readonly throughput: VerdictKind | null;
  readonly latency: VerdictKind | null;
}

/** What a run could detect, judged by its own controls. */
export interface Sensitivity {
  /** The baseline against itself; null if that was not run. */
  readonly control: Control | null;
  /** Noise: median over the configurations of the sd of paired log differences; null without two blocks. */
  readonly sd: number | null;
  /** The same without the canary adjustment, if there was one; else null. */
  readonly unadjustedSd: number | null;
  /** The smallest gain that this run would have shown with 80 % power, given that noise; null as above. */
  readonly minimumDetectable: number | null;
  /** Change of the baseline's throughput from the first to the last block of those that ran as the last one; null with fewer than two. */
  readonly drift: number | null;
  readonly blocks: number;
  /** Those of them on which the verdicts rest: all, or those after the screening. */
  readonly judgingBlocks: number;
  /** Readings of the machine's speed; null if there are none. */
  readonly canary: {
    /** Of ln throughput on ln canary time; null without an adjustment. */
    readonly slope: number | null;
    /** Of the two, within configurations and blocks; null with too few trials. */
    readonly correlation: number | null;
    /** What `canary: auto` has decided; absent without it. */
    readonly choice?: CanaryChoice;
    /** Share of the measured time that the job was paused for the canary. */
    readonly frozenShare: number;
    /** How much slower the machine was in the slowest trial than in the fastest. */
    readonly range: number;
  } | null;
  /** There are no readings, and `canary: auto` could not decide: the trials that could took turns, where nothing is read. */
  readonly canaryUnread?: true;
  /** Share of all processors' time used by other programs, median and maximum over the trials; null if unknown. */
  readonly others: { readonly median: number; readonly most: number } | null;
  /** Trials during which other programs were busy, or the machine was much slower than usual. */
  readonly disturbed: readonly string[];
}
