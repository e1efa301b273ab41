import * as Plot from '@observablehq/plot';
import type { ConfigurationRow, ReportModel } from '../../../model/run/report-model.js';
import { configurationName } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { phaseColor } from './colors.js';
import { short } from './effects-chart.js';
import { picture } from './plot-picture.js';

/** Where the time of a batch goes, for 1,000 rows, so that batches of different sizes can be compared. */
export function phasesChart({ rows, run }: ReportModel): Chart | undefined {
  const shown = rows.filter(
    ({ configuration, rowsPerBatch, meanPhaseMs }) =>
      configuration.role !== 'baseline-repeat' &&
      rowsPerBatch !== null &&
      rowsPerBatch > 0 &&
      (meanPhaseMs['triggerExecution'] ?? 0) > 0,
  );
  if (shown.length === 0) return undefined;
  const phases = largestPhases(shown);
  const parts = shown.flatMap((row) => partsOf(row, phases));
  const names = shown.map(({ configuration }) =>
    configurationName(configuration, run.experiment.baseline).replaceAll('\n', ', '),
  );
  const title = 'Where the time of a batch goes: milliseconds for 1,000 rows, by phase';
  return {
    title,
    legend: [...phases, 'other'].map((text, index) => ({ color: phaseColor(index), text })),
    picture: picture(title, ({ isNarrow }) => ({
      height: 72 + shown.length * 44,
      marginLeft: 8,
      marginBottom: 48,
      marginRight: 24,
      x: { labelOffset: 42, label: 'ms for 1,000 rows', grid: true, ticks: isNarrow ? 4 : 8 },
      y: { axis: null, domain: shown.map(({ configuration }) => configuration.id) },
      marks: [
        Plot.barX(parts, { x: 'ms', y: 'id', fill: 'color', insetTop: 18, insetBottom: 4 }),
        Plot.text(shown, {
          text: (_row, index) => short(names[index] ?? '', isNarrow ? 44 : 90),
          y: (row: (typeof shown)[number]) => row.configuration.id,
          frameAnchor: 'left',
          dy: -12,
          fill: 'currentColor',
          stroke: 'var(--paper)',
          strokeWidth: 4,
        }),
      ],
    })),
    columns: [
      { label: 'configuration', align: 'left' },
      ...[...phases, 'other'].map((label) => ({ label, align: 'right' as const })),
    ],
    rows: shown.map((row, index) => [
      names[index] ?? '',
      ...partsOf(row, phases).map(({ ms }) => ms.toFixed(2)),
    ]),
  };
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
