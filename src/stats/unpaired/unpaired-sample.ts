/** Logs of the compared figure in two groups of trials that share no block. */
export interface UnpairedSample {
  readonly changed: readonly number[];
  readonly reference: readonly number[];
}
