/** One reading of the machine's speed, taken while the job stood still. */
export interface CanaryReading {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** CPU milliseconds of the fixed work: more is a slower machine. */
  readonly cpuMs: number;
  /** How long the job stood still for it. */
  readonly frozenMs: number;
}

/** The readings of one trial, of the time that is measured. */
export interface CanarySummary {
  readonly medianCpuMs: number;
  readonly readings: number;
  /** Share of the measured time that the job stood still: what the canary costs. */
  readonly frozenShare: number;
}
