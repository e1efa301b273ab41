import type { Assignment } from './knob.js';

/** Why two configurations are one and the same to Spark. */
interface InertReason {
  /** The knobs that cannot act. */
  readonly knobs: readonly string[];
  /** The id of the configuration that it is the same as. */
  readonly same: string;
  readonly why: string;
}

/** One assignment of a level to every factor. */
export interface Configuration {
  /** `baseline`, `aa`, or `c1`, `c2`, … in the order of the design. */
  readonly id: string;
  /** baseline-repeat: the baseline once more in each block (A/A), which must show no difference. */
  readonly role: 'baseline' | 'baseline-repeat' | 'candidate';
  /** Where it differs from another configuration only in knobs that cannot act: which, as what, and why. */
  readonly inert?: InertReason;
  /** The levels of the factors only. */
  readonly levels: Assignment;
  /** Constant knobs and factor levels together: all that the trial is given. */
  readonly knobs: Assignment;
}
