import type { Assignment } from './knob.js';

/** Why two configurations are the same to Spark. */
interface InertReason {
  /** The inert knobs. */
  readonly knobs: readonly string[];
  /** The id of the configuration that it equals. */
  readonly same: string;
  readonly why: string;
}

/** One level for every factor. */
export interface Configuration {
  /** `baseline`, `aa`, or `c1`, `c2`, … in design order. */
  readonly id: string;
  /** baseline-repeat: the A/A control, a second run of the baseline in each block, which must show no difference. */
  readonly role: 'baseline' | 'baseline-repeat' | 'candidate';
  /** Set if it differs from another configuration only in inert knobs: which knobs, which configuration, and why. */
  readonly inert?: InertReason;
  /** Levels of the factors only. */
  readonly levels: Assignment;
  /** Constant knobs and factor levels: everything the trial is given. */
  readonly knobs: Assignment;
}
