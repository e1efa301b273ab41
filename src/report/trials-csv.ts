import { csvCell } from './csv-cell.js';
import { levelText } from '../model/knob.js';
import { whyNotCounted } from './words/outcome/outcome-text.js';
import type { EndedTrial } from '../model/trial/ended-trial.js';
import type { ReportModel } from '../model/run/report-model.js';

/** `trials.csv` (RFC 4180): a row per ended trial, in execution order. */
export function renderTrialsCsv(model: ReportModel): string {
  const { price } = model.run.experiment.measurement;
  const cost = ({ trial }: EndedTrial) => model.trialCosts[trial.id];
  const fixed: readonly (readonly [string, (record: EndedTrial) => string | number | null])[] = [
    ['trial', (r) => r.trial.id],
    ['block', (r) => r.trial.block],
    ['configuration', (r) => r.trial.configuration.id],
    ['outcome', (r) => r.outcome.kind],
    ['reason', (r) => whyNotCounted(r.outcome) ?? ''],
    ['wall_ms', (r) => Math.round(r.wallMs)],
    ['rows_per_second', (r) => rounded(r.measurement?.rowsPerSecond)],
    ['batch_ms_p50', (r) => rounded(r.measurement?.batchMs?.p50)],
    ['batch_ms_p95', (r) => rounded(r.measurement?.batchMs?.p95)],
    ['batch_ms_p99', (r) => rounded(r.measurement?.batchMs?.p99)],
    ['batch_ms_max', (r) => rounded(r.measurement?.batchMs?.max)],
    ['batches', (r) => r.measurement?.counts.batches ?? null],
    ['batches_counted', (r) => r.measurement?.counts.counted ?? null],
    ['input_rows', (r) => r.measurement?.inputRows ?? null],
    ['canary_ms', (r) => r.measurement?.canary?.medianCpuMs ?? null],
    ['load_1m', (r) => rounded(r.machine?.load1)],
    ['dropped_by_watermark', (r) => r.measurement?.droppedByWatermark ?? null],
    ['core_seconds_per_million_rows', (r) => rounded(cost(r)?.coreSeconds)],
    ['gib_seconds_per_million_rows', (r) => rounded(cost(r)?.memoryGibSeconds)],
    ...(price === undefined
      ? []
      : [['price_per_million_rows', (r: EndedTrial) => cost(r)?.price ?? null] as const]),
  ];
  const header = [...fixed.map(([name]) => name), ...model.variedKeys];
  const rows = model.run.trials.map((record) => [
    ...fixed.map(([, value]) => value(record)),
    ...model.variedKeys.map((key) => levelText(record.trial.configuration.levels[key] ?? null)),
  ]);
  return [header, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value * 10) / 10;
}
