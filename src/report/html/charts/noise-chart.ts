import * as Plot from '@observablehq/plot';
import { isSucceeded, type EndedTrial } from '../../../model/trial/ended-trial.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import { median } from '../../../stats/quantile.js';
import { count, magnitude, percent } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { picture } from './plot-picture.js';

const series = [
  { name: 'baseline', color: 'var(--better)', role: 'baseline' },
  { name: 'baseline again (A/A)', color: 'var(--equivalent)', role: 'baseline-repeat' },
] as const;

const machineSpeed = { color: 'var(--aside)', text: 'speed of the machine (canary)' };

/** The baseline, its A/A control and the machine itself over the run: whatever moves here is no configuration. */
export function noiseChart({ run }: ReportModel): Chart | undefined {
  const counted = run.trials.filter(isSucceeded);
  const points = baselinePoints(counted);
  if (points.length === 0) return undefined;
  const canary = canaryPoints(counted);
  const title = 'The baseline over the run, as a change from its median: this is noise';
  return {
    title,
    legend: [
      ...series.map(({ name, color }) => ({ color, text: name })),
      ...(canary.length === 0 ? [] : [machineSpeed]),
    ],
    picture: withLoad(counted, title, ({ isNarrow }) => ({
      ...{ height: 260, marginLeft: 56, marginBottom: 48 },
      x: { labelOffset: 42, ...trialAxis(counted.length, isNarrow) },
      y: {
        label: 'change from the median',
        tickFormat: (ratio: number) => (ratio === 1 ? '0' : percent(ratio - 1)),
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
      { label: 'canary ms', align: 'right' },
      { label: 'load of other programs', align: 'right' },
    ],
    rows: points.map(({ trial, rate, change, canaryMs, others }) => [
      ...[trial, count(rate), percent(change - 1), canaryMs?.toFixed(2) ?? '—'],
      others === null ? '—' : magnitude(others),
    ]),
  };
}

/** The share of the processors that other programs took in each trial, below, where it is known and not nothing. */
function withLoad(
  counted: readonly EndedTrial[],
  title: string,
  changes: Parameters<typeof picture>[1],
): Chart['picture'] {
  const loads = counted.map(({ machine }, index) => ({
    index: index + 1,
    share: 100 * (machine?.othersShare ?? 0),
  }));
  const above = picture(title, changes);
  if (loads.every(({ share }) => share < 1)) return above;
  const below = picture(`${title}. Load of other programs`, ({ isNarrow }) => ({
    ...{ height: 130, marginLeft: 56, marginBottom: 40, marginTop: 24 },
    x: { labelOffset: 34, ...trialAxis(counted.length, isNarrow) },
    y: {
      label: 'other programs, % of the processors',
      zero: true,
      nice: true,
      ticks: 3,
      grid: true,
    },
    marks: [Plot.ruleX(loads, { x: 'index', y: 'share', stroke: 'var(--aside)', strokeWidth: 3 })],
  }));
  return (inWords) => ({ html: above(inWords).html + below(inWords).html });
}

function baselinePoints(counted: readonly EndedTrial[]) {
  const points = counted.flatMap(({ trial, measurement, machine }, index) => {
    const found = series.find(({ role }) => role === trial.configuration.role);
    const rate = measurement?.rowsPerSecond ?? null;
    return found === undefined || rate === null
      ? []
      : [
          {
            ...{ ...found, index: index + 1, trial: trial.id, rate },
            canaryMs: measurement?.canary?.medianCpuMs ?? null,
            others: machine?.othersShare ?? null,
          },
        ];
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

/** Trials in the order in which they ran; there is nothing between two of them. */
function trialAxis(trials: number, isNarrow: boolean): Plot.ScaleOptions {
  const every = Math.ceil(trials / (isNarrow ? 5 : 12));
  const all = Array.from({ length: trials }, (_, index) => index + 1);
  return {
    label: 'trial',
    domain: [0.5, trials + 0.5],
    ticks: all.filter((trial) => trial % every === 0),
  };
}
