import { measureTrial } from '../../measure/measure-trial.js';
import type {
  LoggedPhase,
  LoggedQuery,
  LoggedState,
  LoggedWatermark,
  QueryBatches,
} from '../../model/log/imported-log.js';
import type { Measurement } from '../../model/trial/measurement.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';

/** The whole batch, of which the other durations are parts. */
const wholeBatch = 'triggerExecution';

/** Measures one query of a log as a trial is measured, with the same cut for its warm-up. */
export function analyseQuery({ runId, name, end, progress }: QueryBatches): LoggedQuery {
  const ordered = [...progress].sort((a, b) => a.startedAt - b.startedAt || a.batchId - b.batchId);
  const measurement = measureTrial(ordered, { warmupSeconds: 0 });
  const last = ordered.at(-1);
  return {
    runId,
    name,
    end,
    from: ordered[0]?.startedAt ?? 0,
    to: last === undefined ? 0 : last.startedAt + (last.durationMs[wholeBatch] ?? 0),
    sources: (last?.sources ?? []).map(({ description }) => description),
    measurement,
    inputRowsPerSecond: inputRate(ordered, measurement),
    phases: phasesOf(measurement),
    state: last === undefined ? null : stateOf(last),
    watermark: watermarkOf(ordered),
  };
}

/** What a batch reads has come in since the batch before began. */
function inputRate(
  ordered: readonly QueryProgress[],
  { warmupCutSeconds }: Measurement,
): number | null {
  const first = ordered.find(({ numInputRows }) => numInputRows > 0);
  if (first === undefined) return null;
  const from = first.startedAt + 1_000 * warmupCutSeconds;
  const counted = ordered.filter(({ startedAt }) => startedAt >= from);
  const [start] = counted;
  const last = counted.at(-1);
  if (start === undefined || last === undefined || last.startedAt <= start.startedAt) return null;
  const rows = counted.slice(1).reduce((sum, { numInputRows }) => sum + numInputRows, 0);
  return (1_000 * rows) / (last.startedAt - start.startedAt);
}

function phasesOf({ meanPhaseMs }: Measurement): LoggedPhase[] {
  const whole = meanPhaseMs[wholeBatch] ?? 0;
  return Object.entries(meanPhaseMs)
    .filter(([name]) => name !== wholeBatch)
    .map(([name, meanMs]) => ({ name, meanMs, share: whole > 0 ? meanMs / whole : 0 }))
    .sort((a, b) => b.meanMs - a.meanMs);
}

function stateOf({ stateOperators }: QueryProgress): LoggedState | null {
  if (stateOperators.length === 0) return null;
  const memory = stateOperators.flatMap(({ memoryUsedBytes }) => memoryUsedBytes ?? []);
  return {
    rows: stateOperators.reduce((sum, { numRowsTotal }) => sum + (numRowsTotal ?? 0), 0),
    memoryBytes: memory.length === 0 ? null : memory.reduce((sum, bytes) => sum + bytes, 0),
    store: stateOperators.find(({ store }) => store !== undefined)?.store ?? null,
  };
}

function watermarkOf(ordered: readonly QueryProgress[]): LoggedWatermark | null {
  const withTime = ordered.flatMap(({ eventTime }) => eventTime ?? []);
  const last = withTime.at(-1);
  if (last === undefined) return null;
  const latest = withTime.reduce((most, { max }) => Math.max(most, max ?? -Infinity), -Infinity);
  const moved = last.watermark > 0;
  return {
    last: moved ? last.watermark : null,
    lagMs: moved && Number.isFinite(latest) ? latest - last.watermark : null,
  };
}
