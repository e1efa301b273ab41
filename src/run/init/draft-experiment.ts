import type { ScriptLook } from '../../jobs/script/look-at-script.js';
import type { Level } from '../../model/knob.js';

/** What `init` was asked for. */
export interface Wanted {
  /** Relative to the experiment file; absent for the shipped job. */
  readonly script?: string;
  readonly name: string;
  readonly cores: number;
  /** Absent: as many generated records as the trials need. */
  readonly records?: number;
  /** A file of one's own. */
  readonly data?: string;
  readonly blocks: number;
}

/** A knob or a factor with the reason why it is there. */
interface Drafted<Value> {
  readonly key: string;
  readonly value: Value;
  readonly why: string;
}

/** An experiment before it is written down. */
export interface Draft {
  readonly records: number;
  readonly knobs: readonly Drafted<Level>[];
  /** The first level is the baseline: what the script does today. */
  readonly factors: readonly Drafted<readonly Level[]>[];
  /** The query that is measured, if it is one of several. */
  readonly query?: string;
}

const batchSize = 5_000;
const batchKey = 'source.maxOffsetsPerTrigger';

/** Chooses factors for exactly this job: what its kind of query depends on, from what it does today. */
export function draftExperiment(wanted: Wanted, look: ScriptLook | undefined): Draft {
  const own = Number(look?.source['maxOffsetsPerTrigger']?.value);
  const size = Number.isInteger(own) && own > 0 ? own : undefined;
  const isStateful = look?.stateful ?? true;
  const factors = isStateful ? statefulFactors(wanted, look) : statelessFactors(wanted, size);
  // Ten of the batches have to count, the largest ones too.
  const largest = (isStateful ? 1 : 2) * (size ?? batchSize);
  const batches = isStateful ? 30 : 20;
  return {
    records: wanted.records ?? Math.max(largest * batches, 10_000),
    knobs: [
      {
        key: 'spark.master',
        value: `local[${String(wanted.cores)}]`,
        why: 'the cores of this machine that the job gets',
      },
      { key: 'topic.partitions', value: 4, why: 'as many as your topic has' },
      ...batchKnob(factors, size),
      ...sinkKnob(wanted, look),
    ],
    factors,
    ...queryPart(look),
  };
}

function statefulFactors(
  { cores }: Wanted,
  look: ScriptLook | undefined,
): Drafted<readonly Level[]>[] {
  const key = 'spark.sql.shuffle.partitions';
  const own = Number(look?.conf[key]?.value);
  const today = Number.isInteger(own) && own > 0 ? own : look === undefined ? 32 : 200;
  const levels = [...new Set([today, 4 * cores, cores])];
  const from = look?.conf[key] === undefined ? "Spark's default" : 'what the script sets';
  return [
    {
      key,
      value: levels.length > 1 ? levels : [today, 2 * today],
      why: `the query groups rows: one state store and one task for each partition in each batch; the first is ${look === undefined ? 'a modest start' : from}`,
    },
    {
      key: 'spark.sql.streaming.stateStore.providerClass',
      value: [null, 'org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider'],
      why: "null is Spark's default, state on the heap; RocksDB keeps it on the disk",
    },
  ];
}

function statelessFactors(
  { cores }: Wanted,
  size: number | undefined,
): Drafted<readonly Level[]>[] {
  return [
    {
      key: batchKey,
      value: [size ?? batchSize, 2 * (size ?? batchSize)],
      why: 'each row stands alone, so the fixed costs of a batch decide: larger batches, fewer of them',
    },
    {
      key: 'source.minPartitions',
      value: [null, 2 * Math.max(4, cores)],
      why: 'more tasks than the topic has partitions, if rows are expensive',
    },
  ];
}

function batchKnob(
  factors: readonly Drafted<readonly Level[]>[],
  size: number | undefined,
): Drafted<Level>[] {
  if (factors.some(({ key }) => key === batchKey)) return [];
  const why =
    size === undefined
      ? 'without a limit the backlog is one batch, of which nothing can be told'
      : 'what the script sets';
  return [{ key: batchKey, value: size ?? batchSize, why }];
}

/** Sinks whose cost is the job's own: they stay. */
const kept = ['foreachBatch', 'foreach', 'kafka', 'parquet', 'memory', 'delta'];

function sinkKnob({ script }: Wanted, look: ScriptLook | undefined): Drafted<Level>[] {
  if (script !== undefined && look?.sinks.some((sink) => kept.includes(sink)) === true) return [];
  const why =
    'measures the query without what it writes; memory instead also compares the result of the trials';
  return [{ key: 'job.sink', value: 'noop', why }];
}

function queryPart(look: ScriptLook | undefined): Pick<Draft, 'query'> {
  if (look === undefined || Math.max(look.starts, look.queries.length) < 2) return {};
  return { query: look.queries[0] ?? 'query-1' };
}
