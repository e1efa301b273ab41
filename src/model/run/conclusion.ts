import type { Configuration } from '../configuration.js';
import type { Caution, PairedEstimate, VerdictKind } from './comparison.js';

/** The figure that decides on a configuration: latency under an offered load, else throughput. */
export type DecisiveFigure = 'throughput' | 'latency';

/** The answer of a run, by the verdicts on the figure that decides. Worded in `report/`. */
export interface Conclusion {
  readonly figure: DecisiveFigure;
  /** How many configurations got which verdict; the baseline and its control are not among them. */
  readonly verdicts: Readonly<Record<VerdictKind, number>>;
  /** Whether the baseline differed from itself, so that no verdict can be trusted. */
  readonly controlFailed: boolean;
  readonly answer: Answer;
}

export type Answer =
  | { readonly kind: 'better'; readonly best: Winner }
  /** `unseen`: a smaller change of an inconclusive configuration would not have shown with 80 % power; null if none is. */
  | { readonly kind: 'none-better'; readonly unseen: number | null }
  /** There is no configuration but the baseline, or none that can act. */
  | { readonly kind: 'nothing-to-compare' }
  /** The screening is over, and what it has kept is not judged yet. */
  | { readonly kind: 'screened'; readonly best: Configuration; readonly estimate: PairedEstimate }
  /** Nothing has been judged yet, or no configuration has two complete blocks. */
  | { readonly kind: 'too-early' };

/** The configuration with the largest gain of those that are better than the baseline. */
export interface Winner {
  readonly configuration: Configuration;
  readonly estimate: PairedEstimate;
  readonly cautions: readonly Caution[];
  /** The verdict on its median batch time. */
  readonly latency: VerdictKind;
  /** Whether its interval overlaps that of the next best, so that the two cannot be told apart. */
  readonly tied: boolean;
  /** Whether fresh blocks judged it, after others had chosen it. */
  readonly confirmed: boolean;
}
