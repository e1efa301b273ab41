/** What fits into a time span. */
export interface Budget {
  readonly seconds: number;
  /** Whole blocks that fit, and how many are planned. */
  readonly blocks: number;
  readonly planned: number;
  /** Those of the planned blocks that only rank; 0 without a screening. */
  readonly screeningBlocks: number;
  /** An assumed noise, and the change those blocks would detect at it; null with fewer than two. */
  readonly noise: number;
  readonly detectable: number | null;
}
