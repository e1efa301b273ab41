import type { ExecutorsSeen } from '../executors-seen.js';
import type { MachineLoad } from './machine-load.js';
import type { Measurement } from './measurement.js';
import type { OfferedLoad } from './offered-load.js';
import type { Outcome } from './outcome.js';
import type { Trial } from './plan.js';
import type { QueryResult } from './query-result.js';
import type { ScriptRecord } from './script-record.js';
import type { SessionRecord } from '../session-record.js';

/** How a trial ended, as stored in the journal and in `outcome.json`. */
interface StoredTrial {
  readonly outcome: Outcome;
  readonly wallMs: number;
  /** Null if the machine was not watched. */
  readonly machine: MachineLoad | null;
  /** Null if no load was offered. */
  readonly offered: OfferedLoad | null;
  /** Spark's executors; only on a cluster. */
  readonly executors?: ExecutorsSeen;
}

/** SHA-256 in hexadecimal of the files that a trial's figures rest on, by name; only of those that were there. */
export type EvidenceHashes = Readonly<Record<string, string>>;

/** A stored trial that is tied to its files. */
export interface SealedTrial extends StoredTrial {
  readonly evidence: EvidenceHashes;
}

/** A trial that has ended, whatever its outcome, with its measurement. */
export interface EndedTrial extends StoredTrial {
  readonly trial: Trial;
  /** Null without a progress event. Figures of a trial that did not succeed are never compared. */
  readonly measurement: Measurement | null;
  /** Only of a script that got far enough. */
  readonly script?: ScriptRecord;
  /** What its queries wrote; absent if that was not looked at. */
  readonly results?: readonly QueryResult[];
  /** The driver that it shared with other trials; absent if it had one of its own. */
  readonly session?: SessionRecord;
  /** Why it did not share a driver although it was to, nor any trial after it; a text each. */
  readonly unfit?: readonly string[];
}

type Kept = Pick<EndedTrial, 'script' | 'results' | 'session' | 'unfit'>;

/** The parts of the evidence that stay with a trial as they are. */
export function keptParts({ script, results, session, unfit }: Kept): Kept {
  return {
    ...(script === undefined ? {} : { script }),
    ...(results === undefined ? {} : { results }),
    ...(session === undefined ? {} : { session }),
    ...(unfit === undefined ? {} : { unfit }),
  };
}

export function isSucceeded({ outcome }: EndedTrial): boolean {
  return outcome.kind === 'succeeded';
}
