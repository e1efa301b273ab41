import type { Assignment } from './knob.js';

/** One assignment of a level to every factor. */
export interface Configuration {
  /** `baseline`, or `c1`, `c2`, … in the order of the design. */
  readonly id: string;
  readonly isBaseline: boolean;
  /** The levels of the factors only. */
  readonly levels: Assignment;
  /** Constant knobs and factor levels together: all that the trial is given. */
  readonly knobs: Assignment;
}
