import type { KafkaEndpoint } from '../kafka-endpoint.js';
import type { Assignment } from '../knob.js';
import type { Trial } from './plan.js';
import type { ProgressEvent } from './progress-event.js';

/** The files and folders of a trial; absolute paths. */
export interface TrialFiles {
  /** The trial's own folder, which is kept. */
  readonly directory: string;
  /** Checkpoint, output, and whatever Spark spills; deleted after the trial. */
  readonly scratch: string;
  /** In place of scratch for checkpoint and output, where executors run on other machines; a path or a URI. */
  readonly shared?: string;
  /** Only in cluster deploy mode: for what the driver itself reads and writes, on a disk that its machine mounts, too. */
  readonly driver?: string;
  readonly progress: string;
  readonly effectiveConf: string;
}

/** What a trial reads and writes on Kafka. */
export interface TrialInput {
  readonly endpoint: KafkaEndpoint;
  readonly topic: string;
  /** Records in the topic when the trial starts; Infinity if a producer keeps filling it. */
  readonly records: number;
  /** For a job that writes to Kafka. */
  readonly outputTopic: string;
  /** Where each trial begins, as Spark takes it, if not with the first record. */
  readonly startingOffsets?: string;
}

/** When to stop a query that would go on. */
export interface StopAfter {
  /** Seconds after its first batch began, but not before this many batches count after the warm-up. */
  readonly window?: {
    readonly seconds: number;
    readonly warmupSeconds: number;
    readonly leastBatches: number;
  };
  /** Records that it has read. */
  readonly records?: number | undefined;
  /** The query that decides, of several. */
  readonly query?: string | undefined;
}

/** What spark-submit should run, besides the settings common to all jobs. */
export interface Submission {
  /** The file that Spark runs, and its arguments. */
  readonly application: readonly string[];
  /** The files of this machine that its driver reads. */
  readonly files: readonly string[];
  /** Spark's settings that it needs; a knob overrides any of them. */
  readonly conf?: Readonly<Record<string, string>>;
  /** When its process is to be ended; if absent, it ends by itself. */
  readonly endAfter?: StopAfter;
  /** The working directory; that of streamtune if absent. */
  readonly directory?: string;
  /** Its own environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where the progress of a job comes from. */
export interface ProgressSource {
  /** Yields the events of a trial as they arrive, until `done` has settled and all have been yielded. */
  read(files: TrialFiles, done: Promise<unknown>): AsyncIterable<ProgressEvent>;
}

/** A streaming job: how it is checked, submitted and followed. Nothing else depends on its kind. */
export interface Job {
  /** Returns what is wrong with a configuration's knobs for this job, a sentence each; empty if it can run. */
  validate(knobs: Assignment): string[];
  /** The files it consists of, absolute: a run can only be resumed with the same ones. */
  sources(): readonly string[];
  /**
   * Returns what is wrong with its files, a sentence each, according to the Python that will run them; empty if nothing is.
   */
  check(python: string, signal: AbortSignal): Promise<string[]>;
  /** Writes what a trial needs into its folders. */
  prepare(trial: Trial, files: TrialFiles, input: TrialInput): Promise<Submission>;
  readonly progress: ProgressSource;
}
