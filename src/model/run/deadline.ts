/** When a run has to be over, in ms since 1970: the earlier of the two. */
export interface Deadline {
  /** The end of a budget; it moves with a clock that is set. */
  readonly budgetEnd?: number;
  /** A time of day; it does not. */
  readonly until?: number;
}

/** When a run has to be over by a clock that has been set by so many milliseconds since its beginning; Infinity: never. */
export function endOf({ budgetEnd = Infinity, until = Infinity }: Deadline, setMs = 0): number {
  return Math.min(budgetEnd + setMs, until);
}
