import type { Symptom } from '../../model/log/diagnosis.js';
import { byteSize } from '../imported/log-words.js';
import { count, plural } from '../words/wording.js';

/** What was found, and the figures that it rests on. */
export function symptomText(symptom: Symptom): {
  readonly title: string;
  readonly figures: string;
} {
  switch (symptom.kind) {
    case 'too-many-tasks':
      return {
        title: 'More tasks than rows can fill',
        figures: `A batch's stateful stage has ${count(symptom.tasks)} tasks of ${count(symptom.rowsPerTask)} rows on average; starting a task and writing its state costs as much as thousands of rows.${symptom.restored ? ' The query went on from a checkpoint, which fixes the number of shuffle partitions: a new one takes effect with a new checkpoint only.' : ''}`,
      };
    case 'skewed-partitions':
      return {
        title: 'Skewed Kafka partitions',
        figures: `${symptom.busiest} holds ${share(symptom.share)} of the rows read; an even share of ${count(symptom.partitions)} partitions would be ${share(1 / symptom.partitions)}. One task reads it while the others wait.`,
      };
    case 'read-again':
    case 'shared-source':
      return sourceText(symptom);
    case 'slow-batches':
    case 'never-idle':
    case 'tiny-batches':
      return timingText(symptom);
    case 'state-grows':
    case 'heap-state':
    case 'watermark-stands':
    case 'late-rows':
      return stateText(symptom);
    case 'slow-checkpoint':
      return {
        title: 'Slow checkpoint storage',
        figures: `walCommit and commitOffsets, two small files, take ${count(symptom.walCommitMs)} and ${count(symptom.commitOffsetsMs)} ms, ${share(symptom.share)} of a batch. Larger batches pay that less often; a faster file system makes it cheaper.`,
      };
  }
}

type OfSource = Extract<Symptom, { kind: 'read-again' | 'shared-source' }>;

function sourceText(symptom: OfSource): { readonly title: string; readonly figures: string } {
  switch (symptom.kind) {
    case 'read-again':
      return {
        title: 'The source is read several times for each batch',
        figures: `Batches report ${symptom.times.toFixed(1)} times as many rows as their offsets hold, as happens when foreachBatch writes several times without persisting the batch, or a plan reads the source twice.`,
      };
    case 'shared-source':
      return {
        title: 'The source is read once for each query',
        figures: `${count(symptom.queries)} queries read ${symptom.source} at the same time, each for itself. One query with foreachBatch and a persisted batch could feed all their sinks.`,
      };
  }
}

type Timing = Extract<Symptom, { kind: 'slow-batches' | 'never-idle' | 'tiny-batches' }>;

function timingText(symptom: Timing): { readonly title: string; readonly figures: string } {
  switch (symptom.kind) {
    case 'slow-batches':
      return {
        title: 'Batches longer than their trigger',
        figures: `${share(symptom.share)} of the batches take longer than ${count(symptom.triggerMs)} ms, the shortest time between two triggers (p50 of a batch: ${count(symptom.p50Ms)} ms), so the next one starts late.`,
      };
    case 'never-idle':
      return {
        title: 'The query is never idle',
        figures: `It is busy ${share(symptom.busyShare)} of the time: each batch begins when the one before ends. ${count(symptom.rowsPerSecond)} rows/s is all that it can do, or it is working off a backlog.`,
      };
    case 'tiny-batches':
      return {
        title: 'Bursts, then tiny batches',
        figures: `${share(symptom.share)} of the batches have less than a tenth of the mean of ${count(symptom.rowsPerBatch)} rows, and take ${share(symptom.timeShare)} of the time.`,
      };
  }
}

type OfState = Extract<
  Symptom,
  { kind: 'state-grows' | 'heap-state' | 'watermark-stands' | 'late-rows' }
>;

function stateText(symptom: OfState): { readonly title: string; readonly figures: string } {
  switch (symptom.kind) {
    case 'state-grows':
      return {
        title: 'State that grows without end',
        figures: `It grows by ${count(symptom.perHour)} rows an hour (95 % interval ${count(symptom.low)} to ${count(symptom.high)}, from ten stretches of the log) and has ${count(symptom.rows)} now. Without a watermark, or with too long a one, nothing ever leaves it.`,
      };
    case 'heap-state':
      return {
        title: 'A heap state store under pressure',
        figures: `${plural(symptom.rows, 'row')} of state take ${byteSize(symptom.memoryBytes)} of the JVM's heap, and ${share(symptom.commitShare)} of the state operator's task time is its commit. RocksDB keeps them outside the heap.`,
      };
    case 'watermark-stands':
      return {
        title: 'A watermark that does not move',
        figures: `${symptom.watermark === null ? 'It never left 1970' : `It stood at ${new Date(symptom.watermark).toISOString()}`} during ${plural(symptom.batches, 'batch').replace(/batchs$/, 'batches')} with rows, so no window was closed${symptom.stateRows === null ? '' : ` and ${plural(symptom.stateRows, 'row')} of state stay`}. A partition without new rows, event times that cannot be parsed, or one in the far future do that.`,
      };
    case 'late-rows':
      return {
        title: 'Rows dropped as late',
        figures: `${plural(symptom.rows, 'row')} of state input came after the watermark had passed them, of ${count(symptom.inputRows)} rows read. That is data lost, unless it is meant.`,
      };
  }
}

function share(value: number): string {
  return `${count(100 * value)} %`;
}
