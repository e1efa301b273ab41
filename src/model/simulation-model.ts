import type { Assignment } from './knob.js';

/** A world whose truth is known: what `run --simulate` and the validation play. Shares are ratios; noise is on the log scale. */
export interface SimulationModel {
  /** Steady rate of a configuration without any effect. */
  readonly rowsPerSecond: number;
  /** Rows of a batch where the configuration sets no source.maxOffsetsPerTrigger. */
  readonly batchRows: number;
  /** Those whose knobs a configuration has all multiply its rate by 1 + gain; several knobs make an interaction. */
  readonly effects: readonly { readonly knobs: Assignment; readonly gain: number }[];
  readonly noise: {
    /** Standard deviation of trials. */
    readonly trial: number;
    /** Exponential instead of normal: skewed, with the same standard deviation. */
    readonly skewed: boolean;
    /** Share of trials that are 40 % slower. */
    readonly outliers: number;
    /** A configuration whose noise is so many times the others'; null for none. */
    readonly noisy: { readonly configuration: string; readonly times: number } | null;
    /** Of batches within a trial, and the correlation of each with the one before. */
    readonly batch: number;
    readonly correlation: number;
  };
  /** Change of all rates from the first trial to the last. */
  readonly drift: number;
  /** Standard deviation of each step of a random walk from trial to trial. */
  readonly walk: number;
  /** The machine's speed from trial to trial: an AR(1) process. */
  readonly speed: { readonly sd: number; readonly correlation: number };
  /** What the canary sees of that speed; null where it is not read. */
  readonly canary: {
    /** Correlation of its reading with the speed; 0 is a canary without any relation. */
    readonly correlation: number;
    /** How far its reading moves for each part of the speed. */
    readonly slope: number;
    /** Share of trials in which it jumps to twice its time. */
    readonly jumps: number;
    /** Share of trials without any reading. */
    readonly missing: number;
  } | null;
  readonly warmup: {
    /** The rate starts at 1 − depth and comes closer by a factor of e every so many batches. */
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
    | 'missing-batch'
    | 'repeated-batch'
    | 'empty-batches'
    | 'torn-line'
    | 'ignored-knob';
  /** Which trials: all that match what is given. */
  readonly configuration: string | null;
  readonly block: number | null;
  /** Of those, this share. */
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
