import type { EndedTrial } from '../trial/ended-trial.js';
import type { DataSurvey, Experiment } from '../experiment.js';
import type { RunEnd } from './journal-event.js';
import type { Block, Plan } from '../trial/plan.js';

/** What was run, on what, and from which inputs; written before the first trial starts. */
export interface Manifest extends RunIdentity {
  /** Version of the run folder's layout. */
  readonly formatVersion: 4;
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
  /** The records of the dataset when the run was prepared. */
  readonly data: DataSurvey;
  /** The command line that repeats it, one argument per element, starting with the program. */
  readonly argv: readonly string[];
}

/** What a run depends on: if any of it differs, trials are not comparable. */
export interface RunIdentity {
  /** The model file of a simulated run, in which nothing was measured. */
  readonly simulation?: string;
  readonly versions: {
    readonly node: string;
    readonly java: string;
    readonly python: string;
    readonly spark: string;
    readonly kafka: string;
  };
  /** Each Spark of a run with several, the baseline's first, or the one that was not installed by streamtune. */
  readonly sparks?: readonly SparkOfRun[];
  /** The class archives with which all drivers start, one for each Spark; absent if they start without. */
  readonly classArchive?: string;
  /** `embedded`, or the address of an external broker. */
  readonly broker: string;
  /** SHA-256 in hexadecimal, except `dataset`, which is the dataset's own identifier. */
  readonly hashes: {
    readonly experiment: string;
    readonly plan: string;
    readonly job: string;
    readonly dataset: string;
  };
}

/** A Spark of a run, with what comes with its version. */
export interface SparkOfRun {
  readonly version: string;
  readonly scala: string;
  readonly java: string;
  readonly python: string;
  /** The version of the client library that reads Kafka; absent where it is the distribution's own. */
  readonly kafkaClient?: string;
}

/** The state of a run: running, crashed without recording an end, or how it ended. */
export type RunState = 'running' | 'crashed' | RunEnd;

/** One time the run was resumed. */
export interface Resumption {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Since the run was last active. */
  readonly idleMs: number;
  /** What had changed meanwhile, if it was resumed by force. */
  readonly differences: readonly string[];
}

/** The input of an analysis: the plan, and how its trials ended. */
export type TrialHistory = Pick<RunRecord, 'experiment' | 'plan' | 'trials'>;

/** Everything a report is made from. */
export interface RunRecord {
  readonly manifest: Manifest;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly state: RunState;
  /** Whether the journal could be read: if not, outcomes come from the trials' own folders. */
  readonly journal: 'whole' | 'damaged' | 'missing';
  readonly resumes: readonly Resumption[];
  /** The blocks that the strategy has decided so far. */
  readonly blocks: readonly Block[];
  /** In execution order. */
  readonly trials: readonly EndedTrial[];
}
