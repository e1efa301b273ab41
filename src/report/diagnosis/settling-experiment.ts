import type { Symptom } from '../../model/log/diagnosis.js';

/**
 * The part of an experiment file that would settle whether a symptom matters; undefined where no setting would, but a
 * change of the job.
 */
export function settlingExperiment(symptom: Symptom): string | undefined {
  const factors = factorsFor(symptom);
  if (factors === undefined) return undefined;
  return ['factors:', ...factors.map((line) => `  ${line}`)].join('\n');
}

function factorsFor(symptom: Symptom): string[] | undefined {
  switch (symptom.kind) {
    case 'too-many-tasks':
      return [`spark.sql.shuffle.partitions: [${fewer(symptom.tasks).join(', ')}]`];
    case 'skewed-partitions':
      return [`source.minPartitions: [null, ${String(4 * symptom.partitions)}]`];
    case 'slow-batches':
      return [
        `trigger.processingTime: [${String(symptom.triggerMs)} milliseconds, ${String(2 * symptom.triggerMs)} milliseconds]`,
        'spark.sql.shuffle.partitions: [200, 16]',
      ];
    case 'never-idle':
      return ['source.maxOffsetsPerTrigger: [5000, 20000, 80000]'];
    case 'tiny-batches':
      return [
        `source.minOffsetsPerTrigger: [null, ${String(Math.max(1, Math.round(symptom.rowsPerBatch / 2)))}]`,
        'source.maxTriggerDelay: [null, 10s]',
      ];
    case 'state-grows':
      return ['job.watermark: [1 hour, 10 minutes]'];
    case 'heap-state':
      return [
        'spark.sql.streaming.stateStore.providerClass:',
        '  - null',
        '  - org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider',
        'spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled: [null, true]',
        'spark.sql.streaming.stateStore.rocksdb.trackTotalNumberOfRows: [null, false]',
      ];
    case 'slow-checkpoint':
      return ['source.maxOffsetsPerTrigger: [5000, 50000]'];
    case 'read-again':
    case 'shared-source':
    case 'watermark-stands':
    case 'late-rows':
      return undefined;
  }
}

/** This many, a quarter and a sixteenth of it, at least two. */
function fewer(tasks: number): number[] {
  return [...new Set([1, 4, 16].map((part) => Math.max(2, Math.round(tasks / part))))];
}
