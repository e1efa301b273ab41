import type { Level } from './knob.js';

/** What somebody says that a setting does to the speed of a job, compared with the baseline's value. */
export const claimDirections = ['faster', 'slower', 'no-difference'] as const;

/** A statement by others about one setting, to be held against what a run measures. */
export interface Claim {
  readonly says: string;
  /** An address. */
  readonly source: string;
  readonly key: string;
  readonly level: Level;
  readonly direction: (typeof claimDirections)[number];
}
