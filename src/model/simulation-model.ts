import type { Assignment } from './knob.js';

/**
 * A simulated world with a known truth, for `--simulate` and validation. Shares are ratios; noise is on the log scale.
 */
export interface SimulationModel {
  /** Steady rate of a configuration without any effect. */
  readonly rowsPerSecond: number;
  /** Rows per batch if the configuration does not set source.maxOffsetsPerTrigger. */
  readonly batchRows: number;
  /** Each multiplies the rate by 1 + gain if a configuration has all its knobs; several knobs are an interaction. */
  readonly effects: readonly { readonly knobs: Assignment; readonly gain: number }[];
  readonly noise: {
    /** Standard deviation between trials. */
    readonly trial: number;
    /** Exponential instead of normal: skewed, with the same standard deviation. */
    readonly skewed: boolean;
    /** Share of trials that are 40 % slower. */
    readonly outliers: number;
    /** A configuration with this many times the noise of the others; null for none. */
    readonly noisy: { readonly configuration: string; readonly times: number } | null;
    /** Standard deviation of batches within a trial, and the correlation of each with the previous one. */
    readonly batch: number;
    readonly correlation: number;
  };
  /** Change of all rates from the first trial to the last. */
  readonly drift: number;
  /** Standard deviation of each step of a random walk from trial to trial. */
  readonly walk: number;
  /** The machine's speed from trial to trial: an AR(1) process. */
  readonly speed: { readonly sd: number; readonly correlation: number };
  /** What the canary sees of that speed; null without a canary. */
  readonly canary: {
    /** Correlation of its readings with the speed; 0 for a canary unrelated to it. */
    readonly correlation: number;
    /** How strongly its readings follow the speed, on the log scale. */
    readonly slope: number;
    /** Share of trials in which it takes twice its time. */
    readonly jumps: number;
    /** Share of trials without any reading. */
    readonly missing: number;
  } | null;
  readonly warmup: {
    /** The rate starts at 1 − depth; its distance from 1 shrinks by a factor of e over this many batches. */
    readonly depth: number;
    readonly batches: number;
    /** How many times longer the first batch takes. */
    readonly firstBatch: number;
  };
  readonly faults: readonly SimulatedFault[];
}

export interface SimulatedFault {
  readonly kind:
    | 'out-of-memory'
    | 'hang'
    | 'broker-gone'
    | 'driver-ends'
    | 'missing-batch'
    | 'repeated-batch'
    | 'empty-batches'
    | 'torn-line'
    | 'ignored-knob'
    | 'other-result';
  /** The trials concerned: those that match all given values. */
  readonly configuration: string | null;
  readonly block: number | null;
  /** Share of those trials. */
  readonly share: number;
}

/** A world without noise, warm-up or faults. */
export const quietWorld: SimulationModel = {
  rowsPerSecond: 20_000,
  batchRows: 5_000,
  effects: [],
  noise: { trial: 0, skewed: false, outliers: 0, noisy: null, batch: 0, correlation: 0 },
  drift: 0,
  walk: 0,
  speed: { sd: 0, correlation: 0 },
  canary: null,
  warmup: { depth: 0, batches: 1, firstBatch: 1 },
  faults: [],
};
