import type { KafkaEndpoint } from '../kafka-endpoint.js';
import type { Assignment } from '../knob.js';
import type { Trial } from './plan.js';
import type { ProgressEvent } from './progress-event.js';

/** Where a trial keeps what; absolute paths. */
export interface TrialFiles {
  /** The trial's own folder: what stays. */
  readonly directory: string;
  /** Checkpoint, output, and whatever Spark spills; removed with the trial. */
  readonly scratch: string;
  readonly progress: string;
  readonly effectiveConf: string;
}

/** What a trial reads and writes on Kafka. */
export interface TrialInput {
  readonly endpoint: KafkaEndpoint;
  readonly topic: string;
  /** In the topic when the trial starts; Infinity where a producer goes on filling it. */
  readonly records: number;
  /** For a job that writes to Kafka. */
  readonly outputTopic: string;
}

/** What spark-submit is to run, beside the settings that every job has. */
export interface Submission {
  /** The file that Spark runs, and its arguments. */
  readonly application: readonly string[];
  /** Environment variables of its own. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where the progress of a job comes from. */
export interface ProgressSource {
  /** The events of a trial as they come, until `done` has settled and all of them were handed out. */
  read(files: TrialFiles, done: Promise<unknown>): AsyncIterable<ProgressEvent>;
}

/** A streaming job: how it is checked, submitted and followed. Nothing else asks which kind it is. */
export interface Job {
  /** What is wrong with a configuration's knobs for this job, a sentence each; empty if it can run. */
  validate(knobs: Assignment): string[];
  /** The files that make it up, absolute: a run is only resumed with the same. */
  sources(): readonly string[];
  /** Writes what a trial needs into its folders. */
  prepare(trial: Trial, files: TrialFiles, input: TrialInput): Promise<Submission>;
  readonly progress: ProgressSource;
}
