import type { ResultDifference } from '../result/result-comparison.js';

/** Estimates from the paired differences of one configuration, before any verdict. Ratios: 0.1 is +10 %. */
export interface PairedEstimate {
  /** Complete blocks: those with both sides. Without blocks, the trials of the side that has fewer. */
  readonly blocks: number;
  /** exp(mean d) − 1. */
  readonly gain: number;
  /**
   * The interval of the gain at `confidence`, the level that decided the verdict, so that the two never contradict each
   * other. Null with fewer than two blocks, and where nothing was judged.
   */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** 1 − α of the interval: 0.95 for a single comparison, more if the report holds several. */
  readonly confidence: number;
  /** Two-sided p of the paired t test; null as above. */
  readonly pValue: number | null;
  /** Noise: the standard deviation of the paired log differences; null as above. */
  readonly sd: number | null;
  /**
   * The smallest gain that this many blocks would have shown with 80 % power, at this comparison's share of the
   * report's error; null as above.
   */
  readonly minimumDetectable: number | null;
  /** One-sided 95 % bounds of the gain: it is surely not below `low`, nor above `high`; null as the interval. */
  readonly bounds: { readonly low: number; readonly high: number } | null;
  /** Whether two one-sided tests place the gain within ±δ. */
  readonly withinDelta: boolean;
}

/** The only possible verdicts (docs/method.md, "The verdict"); `not-judged` is none, and a caution says why. */
export const verdictKinds = [
  'better',
  'worse',
  'equivalent',
  'not-worthwhile',
  'inconclusive',
  'inert',
  'ineligible',
  'not-judged',
] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** Whether a verdict claims a difference. */
export function isClaim(kind: VerdictKind | null | undefined): boolean {
  return kind === 'better' || kind === 'worse';
}

/** Something the reader of a verdict must know. Worded in `report/`. */
export type Caution =
  | { readonly kind: 'one-block' }
  /** Without blocks: a side has one trial, or none that counts. */
  | { readonly kind: 'one-trial' }
  | { readonly kind: 'no-trial' }
  /** Nothing is judged before this block has ended. */
  | { readonly kind: 'before-look'; readonly block: number }
  /** Its gain is surely below the smallest one worth having: at most this. */
  | { readonly kind: 'not-worthwhile'; readonly atMost: number; readonly worthwhile: number }
  /** The blocks that rank the candidates make no claim; the best are judged after this block. */
  | { readonly kind: 'screening'; readonly block: number }
  /** Not among the best of the screening, so it was not judged. */
  | { readonly kind: 'screened-out'; readonly blocks: number }
  /** The figure that decides is neither better nor worse, so this one is not tested. */
  | { readonly kind: 'gate-shut' }
  /** Trials were lost because of how they ran, so what is left may be a biased choice. */
  | {
      readonly kind: 'lost-trials';
      readonly side: 'candidate' | 'baseline';
      readonly trials: number;
    }
  | { readonly kind: 'no-complete-block' }
  | { readonly kind: 'zero-variance' }
  | { readonly kind: 'unstable'; readonly timesMedian: number }
  | { readonly kind: 'robust-disagrees'; readonly robustGain: number; readonly signFlipP: number }
  | { readonly kind: 'failed-trials'; readonly trials: number }
  | { readonly kind: 'failed-blocks'; readonly blocks: number; readonly of: number }
  | { readonly kind: 'dropped-data'; readonly share: number; readonly baselineShare: number }
  | { readonly kind: 'other-input'; readonly rows: number; readonly baselineRows: number }
  /** Some of its trials wrote other rows than the baseline's. */
  | ({
      readonly kind: 'other-result';
      readonly trials: number;
      readonly of: number;
    } & ResultDifference)
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
  /** The p value, corrected for all claims that the report could make: compare it with the report's α. */
  readonly adjustedP: number | null;
  /** The estimate without the canary adjustment, if the verdict used it; else null. */
  readonly unadjusted: PairedEstimate | null;
  readonly cautions: readonly Caution[];
}

/** The verdicts on both figures of a configuration, or of a level. */
export interface Judgement {
  readonly throughput: Verdict;
  readonly latency: Verdict;
}

/** The baseline against itself (A/A). A control makes no claim: it passes or fails. */
export interface Control {
  /** Not judged before the last block, or with fewer than two blocks. */
  readonly result: 'passed' | 'failed' | 'not-judged';
  readonly estimate: PairedEstimate | null;
}
