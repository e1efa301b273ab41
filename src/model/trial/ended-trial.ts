import type { MachineLoad } from './machine-load.js';
import type { Measurement } from './measurement.js';
import type { OfferedLoad } from './offered-load.js';
import type { Outcome } from './outcome.js';
import type { Trial } from './plan.js';

/** How a trial ended, as the journal and `outcome.json` keep it. */
export interface StoredTrial {
  readonly outcome: Outcome;
  readonly wallMs: number;
  /** Null where the machine was not watched. */
  readonly machine: MachineLoad | null;
  /** Null where no load was offered. */
  readonly offered: OfferedLoad | null;
}

/** A trial that has ended, however it did, with what it measured. */
export interface EndedTrial extends StoredTrial {
  readonly trial: Trial;
  /** Null if no progress event came. Figures of a trial that did not succeed are never compared. */
  readonly measurement: Measurement | null;
}

export function isSucceeded({ outcome }: EndedTrial): boolean {
  return outcome.kind === 'succeeded';
}
