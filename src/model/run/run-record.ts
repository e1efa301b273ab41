import type { EndedTrial } from '../trial/ended-trial.js';
import type { Experiment } from '../experiment.js';
import type { RunEnd } from './journal-event.js';
import type { Block, Plan } from '../trial/plan.js';

/** What was run, on what, from which inputs; written before the first trial starts. */
export interface Manifest extends RunIdentity {
  /** Version of the run folder's layout. */
  readonly formatVersion: 2;
  /** Eight hexadecimal digits; part of every name that the run uses outside its folder. */
  readonly runId: string;
  readonly streamtuneVersion: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: {
    readonly platform: string;
    readonly cpuModel: string;
    readonly cpuCount: number;
    readonly memoryBytes: number;
  };
  /** The call that repeats it, word by word, from the program on. */
  readonly argv: readonly string[];
}

/** What a run depends on: with another one its trials could not be compared. */
export interface RunIdentity {
  /** The model's file where the run was simulated: then nothing was measured. */
  readonly simulation?: string;
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
}

/** Where a run stands: it runs, its process has gone without a word, or it has ended. */
export type RunState = 'running' | 'crashed' | RunEnd;

/** A run was taken up again. */
export interface Resumption {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Since the last sign of life before it. */
  readonly idleMs: number;
  /** What had changed meanwhile, where it went on by force. */
  readonly differences: readonly string[];
}

/** What an analysis looks at: the plan, and how its trials ended. */
export type TrialHistory = Pick<RunRecord, 'experiment' | 'plan' | 'trials'>;

/** Everything a report is made from. */
export interface RunRecord {
  readonly manifest: Manifest;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly state: RunState;
  /** Whether its journal could be read: if not, the trials' own folders say how they ended. */
  readonly journal: 'whole' | 'damaged' | 'missing';
  readonly resumes: readonly Resumption[];
  /** The blocks that the strategy has decided so far. */
  readonly blocks: readonly Block[];
  /** In the order in which they ran. */
  readonly trials: readonly EndedTrial[];
}
