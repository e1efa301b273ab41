import type { Diagnosis, Symptom } from '../../model/log/diagnosis.js';
import type { QueryBatches } from '../../model/log/imported-log.js';
import { analyseQuery } from '../log/analyse-query.js';
import type { Evidence } from './evidence.js';
import { heapState } from './heap-state.js';
import { readAgain, sharedSource } from './read-again.js';
import { skewedPartitions } from './skewed-partitions.js';
import { slowBatches } from './slow-batches.js';
import { slowCheckpoint } from './slow-checkpoint.js';
import { stateGrows } from './state-grows.js';
import { tinyBatches } from './tiny-batches.js';
import { tooManyTasks } from './too-many-tasks.js';
import { lateRows, watermarkStands } from './watermark.js';

/** The questions, what costs most in most jobs first. */
const questions: readonly ((
  evidence: Evidence,
  all: readonly Evidence[],
) => Symptom | undefined)[] = [
  tooManyTasks,
  slowBatches,
  skewedPartitions,
  readAgain,
  sharedSource,
  stateGrows,
  heapState,
  watermarkStands,
  lateRows,
  slowCheckpoint,
  tinyBatches,
];

/** Asks every question of every query of a log. */
export function diagnose(queries: readonly QueryBatches[]): Diagnosis[] {
  const all = queries.map(evidenceOf).sort((a, b) => a.query.from - b.query.from);
  return all.map((evidence) => ({
    query: evidence.query,
    symptoms: questions.flatMap((ask) => ask(evidence, all) ?? []),
  }));
}

function evidenceOf(batches: QueryBatches): Evidence {
  const query = analyseQuery(batches);
  const all = [...batches.progress].sort((a, b) => a.startedAt - b.startedAt);
  const withRows = all.filter(({ numInputRows }) => numInputRows > 0);
  const from = (withRows[0]?.startedAt ?? 0) + 1_000 * query.measurement.warmupCutSeconds;
  return { query, all, counted: withRows.filter(({ startedAt }) => startedAt >= from) };
}
