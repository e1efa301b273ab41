import type { Claim } from './claim.js';
import type { Price } from './cost.js';
import type { KafkaEndpoint } from './kafka-endpoint.js';
import type { Assignment, Level } from './knob.js';

/** A knob that the experiment varies; its levels are in file order. */
export interface Factor {
  readonly key: string;
  readonly levels: readonly Level[];
}

interface AnyJob {
  /** Keep what each trial writes; if absent, it is deleted with the trial. */
  readonly keep?: 'output';
}

/** The shipped `data_stream.py`. */
interface TemplateJob extends AnyJob {
  readonly kind: 'template';
}

/** What a trial may put in place of what a script hard-codes. */
export const overridable = ['source', 'checkpoint', 'trigger', 'sink', 'conf'] as const;
export type Overridable = (typeof overridable)[number];

/** Somebody's PySpark file, run as it is. Paths are absolute once the file has been read. */
export interface ScriptJob extends AnyJob {
  readonly kind: 'script';
  readonly script: string;
  /** Its arguments; `${KNOB}` stands for the knob's level in the configuration. */
  readonly args: readonly string[];
  readonly pyFiles: readonly string[];
  /** Environment variables, with `${KNOB}` as above. */
  readonly env: Readonly<Record<string, string>>;
  readonly override: readonly Overridable[];
  /** The query that is measured, of several. */
  readonly query?: string;
}

/** Somebody's program for the JVM, run as it is; its progress comes from Spark's event log. */
export interface JarJob extends AnyJob {
  readonly kind: 'jar';
  /** Absolute once the file has been read. */
  readonly jar: string;
  /** Its main class; if absent, the one that the jar's manifest names. */
  readonly mainClass?: string;
  /** Its arguments and environment variables, with `${KNOB}` as those of a script. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The query that is measured, of several. */
  readonly query?: string;
}
type JobSpec = TemplateJob | ScriptJob | JarJob;

interface Loaded {
  /** Whether the topic that topic.name names may be deleted and filled again. */
  readonly owned?: true;
}

/** Records that a program writes to its standard output, one a line; run once for each run, without a shell. */
export interface CommandData extends Loaded {
  readonly kind: 'command';
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Its working directory. */
  readonly folder: string;
  readonly records: number;
}

/** A topic that is there already, and is only read. */
export interface TopicData {
  readonly kind: 'topic';
  readonly topic: string;
  /** The newest records when the run starts; all of them if absent. */
  readonly records?: number;
}

/** Where the records come from: the shipped sample, generated from a seed; a file; a program; a topic. */
export type DataSpec =
  | CommandData
  | TopicData
  | ({ readonly kind: 'generated'; readonly records: number; readonly seed: number } & Loaded)
  | ({
      readonly kind: 'file';
      readonly path: string;
      readonly records?: number;
      /** Each record is taken as it is; absent if it must be one that the shipped job can read. */
      readonly anySchema?: true;
    } & Loaded);

/** Screening blocks choose the best candidates, and fresh blocks judge those. */
interface ConfirmSpec {
  /** How many candidates are kept. */
  readonly top: number;
  /** How many blocks rank; by default a third as many as judge, at least two. */
  readonly screeningBlocks?: number;
}

/** How many records a dataset has, and how that is known. */
export interface DataSurvey {
  readonly records: number;
  /** offsets: by those of a topic. */
  readonly how: 'declared' | 'counted' | 'estimated' | 'offsets';
}

interface DesignSpec {
  /** grid: every combination of levels. one-at-a-time: the baseline, then one factor changed at a time. */
  readonly kind: 'grid' | 'one-at-a-time';
  /** Blocks on which a verdict rests; screening blocks come before them. */
  readonly blocks: number;
  readonly seed: number;
  /** Whether to rank the candidates first and judge only the best; if absent, the number of candidates decides. */
  readonly confirm?: 'off' | ConfirmSpec;
  /** Whether to run inert configurations as well. */
  readonly placebo: 'skip' | 'measure';
}

export interface MeasurementSpec {
  /** Batches that start within this many seconds of the first batch are warm-up. */
  readonly warmupSeconds: number;
  /** The same for a trial in a live driver, which is warm already; absent if it makes no difference. */
  readonly sessionWarmupSeconds?: number;
  /** Stop a trial this long after its first batch started; if absent, drain the whole backlog. */
  readonly windowSeconds?: number;
  /** Stop a trial that runs longer than this, as timed-out. */
  readonly timeLimitSeconds: number;
  /** Stop a trial without progress for this long after its query started; if absent, only the time limit applies. */
  readonly stallSeconds?: number;
  /** Stop a trial with a batch longer than this; if absent, only the other limits apply. */
  readonly batchSeconds?: number;
  /** Stop a trial, and start no other, when less than this is free on the disk. */
  readonly diskReserveBytes: number;
  /** Stop a trial when less memory than this is available. */
  readonly memoryReserveBytes: number;
  /**
   * Whether the canary runs with each trial, and comparisons are adjusted for it. auto: only if it is worth what it costs in
   * the first blocks.
   */
  readonly canary: boolean | 'auto';
  /** Whether a trial's output is left alone; if absent, it is compared with the baseline's. */
  readonly result?: 'ignored';
  /** What an hour costs. */
  readonly price?: Price;
  /** drain: a backlog, as fast as possible; or an offered load at a fixed rate, records per second. */
  readonly mode: 'drain' | { readonly ratePerSecond: number };
}

/** A validated experiment with every default filled in. */
export interface Experiment {
  readonly name: string;
  readonly description: string;
  readonly job: JobSpec;
  readonly data: DataSpec;
  /** An external broker; if absent, an embedded one is started for the run. */
  readonly kafka?: KafkaEndpoint;
  /** An exact Spark version; if absent, the toolchain chooses. */
  readonly sparkVersion?: string;
  /** The folder of an existing Spark, absolute once the file has been read; if absent, one from the cache, or SPARK_HOME. */
  readonly sparkHome?: string;
  /** Drivers start without a class archive; if absent, they use the one that is there. */
  readonly classArchive?: 'off';
  /** Where driver and executors of a cluster both find checkpoints: an absolute path, or a URI. */
  readonly sharedFolder?: string;
  /** The page of the master of a standalone cluster, if it is not on the usual port. */
  readonly masterUi?: string;
  /**
   * session: trials share one live driver; auto: only those of screening blocks, if all factors allow it.
   * If absent, each trial has a process of its own.
   */
  readonly executor?: 'session' | 'auto';
  /** Knobs that are the same in every configuration. */
  readonly knobs: Assignment;
  readonly factors: readonly Factor[];
  /** Configurations that match all pairs of any entry are excluded. */
  readonly exclude: readonly Assignment[];
  /** One level for every factor. */
  readonly baseline: Assignment;
  readonly design: DesignSpec;
  readonly measurement: MeasurementSpec;
  /** What others say of its settings. */
  readonly claims?: readonly Claim[];
  readonly stopping: {
    /** Gains within ±delta are equivalent; 0.05 is ±5 %. */
    readonly delta: number;
    /**
     * The blocks after which the run is judged, ending with the last one; only that one for a fixed number of blocks.
     */
    readonly interimLooks: readonly number[];
    /** The smallest gain worth having: 0.1 is 10 %. Candidates that are surely below it are dropped at a look. */
    readonly worthwhile?: number;
  };
}
