/** A figure of one configuration against the baseline's, paired block by block. Ratios: 0.1 is +10 %. */
export interface PairedComparison {
  readonly blocks: number;
  readonly gain: number;
  /** 95 % interval of the gain; null with fewer than two blocks, where nothing can be said. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** The smallest gain that this many blocks would have shown with 80 % power; null as above. */
  readonly minimumDetectable: number | null;
  /** Which side of zero the whole interval lies on; inconclusive where it holds zero or is missing. */
  readonly verdict: 'higher' | 'lower' | 'inconclusive';
}
