import * as Plot from '@observablehq/plot';
import type { ConfigurationRow, ReportModel } from '../../../model/run/report-model.js';
import type { Chart } from '../figure.js';
import { phaseColor } from './colors.js';
import { picture } from './plot-picture.js';
import { namedRow, rowLayout, rowTexts, short } from './row-layout.js';

/** Where the time of a batch goes, for 1,000 rows, so that batches of different sizes can be compared. */
export function phasesChart(model: ReportModel): Chart | undefined {
  const shown = model.rows.filter(hasPhases);
  if (shown.length === 0) return undefined;
  const phases = largestPhases(shown);
  const labels = [...phases, 'other'];
  const rows = shown.map((row) => ({ ...namedRow(row, model), parts: partsOf(row, phases) }));
  const title = 'Where the time of a batch goes: milliseconds for 1,000 rows, by phase';
  return {
    title,
    legend: labels.map((text, index) => ({ color: phaseColor(index), text })),
    picture: picture(title, ({ isNarrow }) => ({
      ...rowLayout(rows),
      x: { label: 'ms for 1,000 rows', labelOffset: 42, grid: true, ticks: isNarrow ? 4 : 8 },
      marks: [
        Plot.barX(
          rows.flatMap(({ parts }) => parts),
          { x: 'ms', y: 'id', fill: 'color', insetTop: 18, insetBottom: 4 },
        ),
        rowTexts(rows, ({ name }) => short(name, isNarrow), -12),
      ],
    })),
    columns: [
      { label: 'configuration', align: 'left' },
      ...labels.map((label) => ({ label, align: 'right' as const })),
    ],
    rows: rows.map(({ name, parts }) => [name, ...parts.map(({ ms }) => ms.toFixed(2))]),
  };
}

function hasPhases({ configuration, rowsPerBatch, meanPhaseMs }: ConfigurationRow): boolean {
  const isMeasured = (rowsPerBatch ?? 0) > 0 && (meanPhaseMs['triggerExecution'] ?? 0) > 0;
  return isMeasured && configuration.role !== 'baseline-repeat';
}

/** More than these would not be told apart. */
const mostPhases = 6;

function largestPhases(rows: readonly ConfigurationRow[]): string[] {
  const totals = new Map<string, number>();
  for (const { meanPhaseMs } of rows) {
    for (const [phase, ms] of Object.entries(meanPhaseMs)) {
      if (phase !== 'triggerExecution') totals.set(phase, (totals.get(phase) ?? 0) + ms);
    }
  }
  return [...totals]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostPhases)
    .map(([phase]) => phase);
}

function partsOf(
  { configuration, meanPhaseMs, rowsPerBatch }: ConfigurationRow,
  phases: readonly string[],
) {
  const perThousand = 1_000 / (rowsPerBatch ?? 1);
  const known = phases.map((phase) => meanPhaseMs[phase] ?? 0);
  const rest = (meanPhaseMs['triggerExecution'] ?? 0) - known.reduce((sum, ms) => sum + ms, 0);
  return [...known, Math.max(0, rest)].map((ms, index) => ({
    id: configuration.id,
    ms: ms * perThousand,
    color: phaseColor(index),
  }));
}
