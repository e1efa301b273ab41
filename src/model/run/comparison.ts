/** Estimates from the paired differences of one configuration, before any verdict. Ratios: 0.1 is +10 %. */
export interface PairedEstimate {
  /** Complete blocks: those with both sides. */
  readonly blocks: number;
  /** exp(mean d) − 1. */
  readonly gain: number;
  /** The 1 − α interval of the gain; null with fewer than two blocks. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Two-sided p of the paired t test; null as above. */
  readonly pValue: number | null;
  /** Noise: the standard deviation of the paired log differences; null as above. */
  readonly sd: number | null;
  /** The smallest gain that this many blocks would have shown with 80 % power; null as above. */
  readonly minimumDetectable: number | null;
  /** Whether two one-sided tests place the gain within ±δ. */
  readonly withinDelta: boolean;
}

/** The only possible verdicts (docs/method.md, "The verdict"). */
type VerdictKind = 'better' | 'worse' | 'equivalent' | 'inconclusive' | 'inert' | 'ineligible';

/** Something the reader of a verdict must know. Worded in `report/`. */
export type Caution =
  | { readonly kind: 'one-block' }
  | { readonly kind: 'before-look' }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'no-complete-block' }
  | { readonly kind: 'zero-variance' }
  | { readonly kind: 'unstable'; readonly timesMedian: number }
  | { readonly kind: 'robust-disagrees'; readonly robustGain: number; readonly signFlipP: number }
  | { readonly kind: 'failed-trials'; readonly trials: number }
  | { readonly kind: 'failed-blocks'; readonly blocks: number }
  | { readonly kind: 'dropped-data'; readonly share: number; readonly baselineShare: number }
  | { readonly kind: 'other-input'; readonly rows: number; readonly baselineRows: number }
  | { readonly kind: 'rate-limited' }
  | {
      readonly kind: 'cannot-act';
      readonly knobs: readonly string[];
      readonly same: string;
      readonly why: string;
    };

/** The decision on one configuration, with its evidence. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly estimate: PairedEstimate | null;
  /** The p value after Holm's correction over all configurations of the run. */
  readonly adjustedP: number | null;
  /** The estimate without the canary adjustment, if the verdict used it; else null. */
  readonly unadjusted: PairedEstimate | null;
  readonly cautions: readonly Caution[];
}
