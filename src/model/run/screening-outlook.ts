/** What the two phases of a screened plan will take and tell. */
export interface ScreeningOutlook {
  readonly blocks: number;
  readonly trialsPerBlock: number;
  readonly candidates: number;
  readonly top: number;
  /** The chance to keep a candidate with this gain over all others. */
  readonly keeps: { readonly gain: number; readonly chance: number };
  readonly judgingBlocks: number;
  /** At most. */
  readonly trialsPerJudgingBlock: number;
  /** The change that the judging blocks detect with 80 % power; null with fewer than two. */
  readonly detectable: number | null;
  /** The noise between trials that both of these assume. */
  readonly noise: number;
}
