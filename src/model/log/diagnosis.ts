import type { LoggedQuery } from './imported-log.js';

/** A question that people ask of a slow job, answered with yes from its progress, and the figures for that. */
export type Symptom =
  /** More tasks than rows can fill. `restored`: the query went on from a checkpoint, which fixes their number. */
  | {
      readonly kind: 'too-many-tasks';
      readonly tasks: number;
      readonly rowsPerTask: number;
      readonly restored: boolean;
    }
  | {
      readonly kind: 'skewed-partitions';
      readonly busiest: string;
      /** Of all rows, 0 to 1. */
      readonly share: number;
      readonly partitions: number;
    }
  /** Batches that take longer than the time between the starts of batches that wait. */
  | {
      readonly kind: 'slow-batches';
      readonly triggerMs: number;
      readonly share: number;
      readonly p50Ms: number;
    }
  /** Each batch begins as soon as the one before has ended. */
  | { readonly kind: 'never-idle'; readonly busyShare: number; readonly rowsPerSecond: number }
  | {
      readonly kind: 'tiny-batches';
      /** Batches with less than a tenth of the mean rows; of all counted ones, and of their time. */
      readonly share: number;
      readonly timeShare: number;
      readonly rowsPerBatch: number;
    }
  /** Rows an hour, with its 95 % interval. */
  | {
      readonly kind: 'state-grows';
      readonly perHour: number;
      readonly low: number;
      readonly high: number;
      readonly rows: number;
    }
  | {
      readonly kind: 'watermark-stands';
      /** Milliseconds since 1970; null if it never moved from its start. */
      readonly watermark: number | null;
      readonly batches: number;
      readonly stateRows: number | null;
    }
  | { readonly kind: 'late-rows'; readonly rows: number; readonly inputRows: number }
  | {
      readonly kind: 'slow-checkpoint';
      readonly share: number;
      readonly walCommitMs: number;
      readonly commitOffsetsMs: number;
    }
  | {
      readonly kind: 'heap-state';
      readonly rows: number;
      readonly memoryBytes: number;
      readonly commitShare: number;
    }
  /** The source is read several times for each batch. */
  | { readonly kind: 'read-again'; readonly times: number }
  /** Several queries read the same, each for itself. */
  | { readonly kind: 'shared-source'; readonly source: string; readonly queries: number };

export type SymptomKind = Symptom['kind'];

/** What was found of one query; none of it is proof, so each names the experiment that would settle it. */
export interface Diagnosis {
  readonly query: LoggedQuery;
  readonly symptoms: readonly Symptom[];
}
