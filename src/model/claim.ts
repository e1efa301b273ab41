import type { Level } from './knob.js';

/** A statement by others about one setting, to be held against what a run measures. */
export interface Claim {
  readonly says: string;
  /** An address. */
  readonly source: string;
  readonly key: string;
  readonly level: Level;
  /** What the setting is said to do to the speed of a job, compared with the baseline's level. */
  readonly direction: 'faster' | 'slower' | 'no-difference';
}
