import * as Plot from '@observablehq/plot';
import { isSucceeded, type EndedTrial } from '../../../model/trial/ended-trial.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import { median } from '../../../stats/quantile.js';
import { count, percent } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { picture } from './plot-picture.js';

const series = [
  { name: 'baseline', color: 'var(--better)', role: 'baseline' },
  { name: 'baseline again (A/A)', color: 'var(--equivalent)', role: 'baseline-repeat' },
] as const;

/** The baseline, its A/A control and the machine itself over the run: whatever moves here is no configuration. */
export function noiseChart({ run }: ReportModel): Chart | undefined {
  const counted = run.trials.filter(isSucceeded);
  const points = baselinePoints(counted);
  if (points.length === 0) return undefined;
  const canary = canaryPoints(counted);
  const title = 'The baseline over the run, as a change from its median: this is noise';
  const machine = { color: 'var(--aside)', text: 'speed of the machine (canary)' };
  return {
    title,
    legend: [
      ...series.map(({ name, color }) => ({ color, text: name })),
      ...(canary.length === 0 ? [] : [machine]),
    ],
    picture: picture(title, ({ isNarrow }) => ({
      ...{ height: 260, marginLeft: 56, marginBottom: 48 },
      x: { labelOffset: 42, label: 'trial', ticks: isNarrow ? 4 : 10 },
      y: {
        label: 'change from the median',
        tickFormat: (ratio: number) => percent(ratio - 1),
        grid: true,
      },
      marks: [
        Plot.ruleY([1], { stroke: 'var(--soft)' }),
        Plot.line(canary, { x: 'index', y: 'change', stroke: 'var(--aside)' }),
        Plot.line(points, { x: 'index', y: 'change', stroke: 'color', z: 'name' }),
        Plot.dot(points, { x: 'index', y: 'change', fill: 'color', r: 4 }),
      ],
    })),
    columns: [
      { label: 'trial', align: 'left' },
      { label: 'rows/s', align: 'right' },
      { label: 'change', align: 'right' },
    ],
    rows: points.map(({ trial, rate, change }) => [trial, count(rate), percent(change - 1)]),
  };
}

function baselinePoints(counted: readonly EndedTrial[]) {
  const points = counted.flatMap(({ trial, measurement }, index) => {
    const found = series.find(({ role }) => role === trial.configuration.role);
    const rate = measurement?.rowsPerSecond ?? null;
    return found === undefined || rate === null
      ? []
      : [{ ...found, index: index + 1, trial: trial.id, rate }];
  });
  const usual = median(points.map(({ rate }) => rate)) ?? NaN;
  return points.map((point) => ({ ...point, change: point.rate / usual }));
}

/** A canary that takes less time is a faster machine. */
function canaryPoints(counted: readonly EndedTrial[]) {
  const points = counted.flatMap(({ measurement }, index) => {
    const ms = measurement?.canary?.medianCpuMs;
    return ms === undefined ? [] : [{ index: index + 1, ms }];
  });
  const usual = median(points.map(({ ms }) => ms)) ?? NaN;
  return points.map(({ index, ms }) => ({ index, change: usual / ms }));
}
