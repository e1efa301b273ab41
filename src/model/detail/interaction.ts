import type { Level } from '../knob.js';

/** A level of a factor beside the baseline's level. */
interface ChangedLevel {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
}

/**
 * What two changes do together, beyond what each does alone, with all other factors at the baseline's levels. An
 * estimate: interactions are not among what a run tests.
 */
export interface Interaction {
  readonly first: ChangedLevel;
  readonly second: ChangedLevel;
  /** Rows per second of both changes, as a multiple of what their separate effects would give: 1 is no interaction. */
  readonly factor: number;
  /** The least and the greatest of its blocks. */
  readonly range: { readonly low: number; readonly high: number };
  /** Blocks with all four configurations. */
  readonly blocks: number;
  /** Mean rows per second, geometric, of the same blocks. */
  readonly rowsPerSecond: {
    readonly neither: number;
    readonly first: number;
    readonly second: number;
    readonly both: number;
  };
}

/** Largest first; or why there are none. */
export type Interactions =
  | { readonly kind: 'estimated'; readonly found: readonly Interaction[] }
  | { readonly kind: 'one-factor' | 'one-at-a-time' | 'not-measured' };
