import type { Configuration } from '../configuration.js';
import type { Assignment } from '../knob.js';
import type { Verdict } from '../run/comparison.js';
import type { DecisiveFigure } from '../run/conclusion.js';
import type { Spread } from '../run/report-model.js';

/** Something in which two results differ beside what is compared. Worded in `report/`. */
export interface SideDifference {
  readonly what:
    | 'data'
    | 'job'
    | 'mode'
    | 'warm-up'
    | 'window'
    | 'simulation'
    | 'world'
    | 'machine'
    | 'processor'
    | 'processors'
    | 'memory'
    | 'spark'
    | 'kafka'
    | 'java'
    | 'python'
    | 'broker'
    | 'canary'
    | 'streamtune'
    | 'setting'
    | 'rows-per-batch';
  /** The key of a setting, or the query of a log. */
  readonly key?: string;
  readonly before: string;
  readonly after: string;
  /** Whether a row of one side is other work than a row of the other, so that their rates say nothing together. */
  readonly changesMeaning: boolean;
}

/** One side of a comparison, as it was named. */
export interface ComparedSide {
  readonly name: string;
  /** ISO 8601, UTC; null for a log without a batch. */
  readonly startedAt: string | null;
  /** The model file of a simulated run. */
  readonly simulation: string | null;
  /** Null for logs, which do not say. */
  readonly spark: string | null;
  /** Runs of the job, for logs; null for a run of an experiment. */
  readonly logs: number | null;
}

/** What a row compares: the same configuration on both sides, two of them, or a query. */
export type ComparedSubject =
  | { readonly kind: 'same'; readonly configuration: Configuration; readonly baseline: Assignment }
  | {
      readonly kind: 'pair';
      readonly before: Configuration;
      readonly after: Configuration;
      readonly baseline: Assignment;
    }
  | { readonly kind: 'query'; readonly name: string };

/** One comparison: a gain is that of `after` over `before`. */
export interface ComparedRow {
  readonly subject: ComparedSubject;
  readonly before: ComparedFigures;
  readonly after: ComparedFigures;
  readonly throughput: Verdict;
  readonly latency: Verdict;
}

/** Medians over the trials that count; null without one. */
export interface ComparedFigures {
  readonly trials: number;
  readonly rowsPerSecond: Spread | null;
  /** Of the median batch; under an offered load, end to end. */
  readonly latencyMs: number | null;
}

/** Two results side by side, ready for any renderer. */
export interface ResultComparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** paired: two configurations in the same blocks of one run. */
  readonly how: 'paired' | 'unpaired';
  readonly figure: DecisiveFigure;
  /** The chance that any claim of the comparison is false. */
  readonly alpha: number;
  readonly delta: number;
  readonly differences: readonly SideDifference[];
  readonly rows: readonly ComparedRow[];
  /** What only one side has: names of configurations or queries. */
  readonly onlyBefore: readonly ComparedSubject[];
  readonly onlyAfter: readonly ComparedSubject[];
  /** From the start of one side to that of the other; null if they are one run, or not known. */
  readonly hoursApart: number | null;
  /** How much more time the same fixed work took on the second side's machine, by the canary: 0.02 is 2 %; null if unknown. */
  readonly slowerMachine: number | null;
  /** Why there are no verdicts at all; null if there are. */
  readonly undecided: 'unfinished' | 'one-log' | null;
}

/** What to do after a comparison, the most useful thing only. */
export type NextComparison =
  /** see-why: failed or wrote something else. measure-again: the first side, now. run-both: a run of these two alone. */
  | { readonly kind: 'finish-run' | 'more-logs' | 'see-why' | 'measure-again' | 'run-both' }
  /** How many times as many trials on both sides would detect this change. */
  | { readonly kind: 'more-trials'; readonly times: number; readonly change: number }
  | { readonly kind: 'keep-either'; readonly delta: number };

/** A comparison with what follows from it. */
export interface ComparedResults extends ResultComparison {
  readonly next: NextComparison;
}
