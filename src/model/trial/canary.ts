/** One reading of the machine's speed, taken while the job was paused. */
export interface CanaryReading {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** CPU milliseconds for the fixed work; more means a slower machine. */
  readonly cpuMs: number;
  /** How long the job was paused for it. */
  readonly frozenMs: number;
}

/** The readings of one trial within its measured time. */
export interface CanarySummary {
  readonly medianCpuMs: number;
  readonly readings: number;
  /** Share of the measured time that the job was paused: the cost of the canary. */
  readonly frozenShare: number;
}
