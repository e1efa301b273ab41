import type { Experiment } from './experiment.js';
import type { RunEnd } from './journal-event.js';
import type { MachineLoad } from './machine-load.js';
import type { Measurement } from './measurement.js';
import type { Outcome } from './outcome.js';
import type { Plan, Trial } from './plan.js';

/** What was run, on what, from which inputs; written before the first trial starts. */
export interface Manifest {
  /** Version of the run folder's layout. */
  readonly formatVersion: 1;
  readonly streamtuneVersion: string;
  /** The model's file where the run was simulated: then nothing of it was measured. */
  readonly simulation?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: {
    readonly platform: string;
    readonly cpuModel: string;
    readonly cpuCount: number;
    readonly memoryBytes: number;
  };
  readonly versions: {
    readonly node: string;
    readonly java: string;
    readonly python: string;
    readonly spark: string;
    readonly kafka: string;
  };
  /** `embedded`, or the address of an external broker. */
  readonly broker: string;
  /** SHA-256 in hexadecimal, except `dataset`, which is the data's own identifier. */
  readonly hashes: {
    readonly experiment: string;
    readonly plan: string;
    readonly job: string;
    readonly dataset: string;
  };
  /** What a person types to run it again. */
  readonly command: string;
}

/** A trial that has ended, however it did. */
export interface TrialRecord {
  readonly trial: Trial;
  readonly outcome: Outcome;
  readonly wallMs: number;
  /** Null if no progress event came. Numbers of a trial that did not succeed are never compared. */
  readonly measurement: Measurement | null;
  /** Null where it was not watched. */
  readonly machine: MachineLoad | null;
}

/** Where a run stands: it runs, its process has gone without a word, or it has ended. */
export type RunStanding = 'running' | 'broken-off' | RunEnd;

/** A run was taken up again. */
export interface RunResume {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Since the last sign of life before it. */
  readonly idleMs: number;
  /** What had changed meanwhile, where it went on by force. */
  readonly differences: readonly string[];
}

/** Everything a report is made from. */
export interface RunRecord {
  readonly manifest: Manifest;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly standing: RunStanding;
  readonly resumes: readonly RunResume[];
  /** In the order in which they ran. */
  readonly trials: readonly TrialRecord[];
}
