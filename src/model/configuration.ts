import type { Assignment } from './knob.js';

/** One assignment of a level to every factor. */
export interface Configuration {
  /** `baseline`, `aa`, or `c1`, `c2`, … in the order of the design. */
  readonly id: string;
  readonly isBaseline: boolean;
  /** aa: the baseline once more in each block, which must show no difference. */
  readonly control?: 'aa';
  /** The levels of the factors only. */
  readonly levels: Assignment;
  /** Constant knobs and factor levels together: all that the trial is given. */
  readonly knobs: Assignment;
}
