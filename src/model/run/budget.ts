/** What fits in a span of time. */
export interface Budget {
  readonly seconds: number;
  /** Whole blocks that fit, and how many there are. */
  readonly blocks: number;
  readonly planned: number;
  /** A noise that is assumed, and the change that those blocks would show at it; null with fewer than two. */
  readonly noise: number;
  readonly detectable: number | null;
}
