import type { KafkaEndpoint } from './kafka-endpoint.js';
import type { Assignment, Level } from './knob.js';

/** A knob that the experiment varies, with its levels in the order of the file. */
export interface Factor {
  readonly key: string;
  readonly levels: readonly Level[];
}

/** The shipped `data_stream.py`. `script` and `jar` will be further members. */
interface TemplateJob {
  readonly kind: 'template';
}
type JobSpec = TemplateJob;

/** SF police calls: made from a seed, or read from a file of the same schema. */
export type DataSpec =
  | { readonly kind: 'generated'; readonly records: number; readonly seed: number }
  | { readonly kind: 'file'; readonly path: string; readonly records?: number };

interface DesignSpec {
  /** grid: every combination of levels. one-at-a-time: the baseline, then one factor changed at a time. */
  readonly kind: 'grid' | 'one-at-a-time';
  readonly blocks: number;
  readonly seed: number;
  /** Whether configurations that cannot differ from another one are run as well. */
  readonly placebo: 'skip' | 'measure';
}

export interface MeasurementSpec {
  /** Batches that start within this many seconds of the first batch are warm-up. */
  readonly warmupSeconds: number;
  /** Stop a trial this long after its first batch began; absent: drain the whole backlog. */
  readonly windowSeconds?: number;
  /** End a trial that takes longer than this from its start, as timed-out. */
  readonly timeLimitSeconds: number;
  /** End a trial that reports no progress for so long after its query has started; absent: only the time limit does. */
  readonly stallSeconds?: number;
  /** End a trial with a batch that takes longer than this; absent: only the other limits do. */
  readonly batchSeconds?: number;
  /** End a trial, and start none, when less than this is left of the disk. */
  readonly diskReserveBytes: number;
  /** End a trial when less than this is left of the memory. */
  readonly memoryReserveBytes: number;
  /** Whether the machine's speed is read beside each trial, and evens out the comparison. */
  readonly canary: boolean;
  /** drain: a backlog, as fast as it goes; or an offered load at a fixed rate, records per second. */
  readonly mode: 'drain' | { readonly ratePerSecond: number };
}

/** A validated, fully specified experiment: every default is filled in. */
export interface Experiment {
  readonly name: string;
  readonly description: string;
  readonly job: JobSpec;
  readonly data: DataSpec;
  /** An external broker; absent: an embedded one is started for the run. */
  readonly kafka?: KafkaEndpoint;
  /** An exact Spark version; absent: the toolchain's choice. */
  readonly sparkVersion?: string;
  /** Knobs that are the same in every configuration. */
  readonly knobs: Assignment;
  readonly factors: readonly Factor[];
  /** Configurations that match all pairs of one entry are left out. */
  readonly exclude: readonly Assignment[];
  /** One level for every factor. */
  readonly baseline: Assignment;
  readonly design: DesignSpec;
  readonly measurement: MeasurementSpec;
  readonly stopping: {
    /** Gains within ±delta are equivalent; 0.05 is ±5 %. */
    readonly delta: number;
    /** After which blocks the run is judged, the last being the last of all; one where the number of blocks is fixed. */
    readonly interimLooks: readonly number[];
  };
}
