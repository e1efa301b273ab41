/** When a run must end, in ms since 1970: the earlier of the two. */
export interface Deadline {
  /** The end of a budget; moves when the clock is set. */
  readonly budgetEnd?: number;
  /** A time of day; does not move. */
  readonly until?: number;
}

/** When a run must end, by a clock that was set by this many milliseconds since the run began; Infinity for never. */
export function endOf({ budgetEnd = Infinity, until = Infinity }: Deadline, setMs = 0): number {
  return Math.min(budgetEnd + setMs, until);
}
