import * as Plot from '@observablehq/plot';
import type { ConfigurationRow, ReportModel } from '../../../model/run/report-model.js';
import { gainText, magnitude, percent, verdictWord } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { verdictColor, verdictLegend } from './colors.js';
import { picture } from './plot-picture.js';
import { namedRow, rowLayout, rowTexts, short } from './row-layout.js';

/** What each configuration changes, with its interval and the band within which a change does not matter. */
export function effectsChart(model: ReportModel): Chart | undefined {
  const points = pointsOf(model);
  if (points.length === 0) return undefined;
  const what = model.conclusion.figure === 'throughput' ? 'rows per second' : 'latency';
  const title = `Change of ${what} against the baseline, with its interval; the band is ±${magnitude(model.delta)}`;
  return {
    title,
    legend: verdictLegend,
    picture: picture(title, ({ isNarrow }) => ({
      ...rowLayout(points, isNarrow ? 62 : 48),
      x: scaleOf(points, { delta: model.delta, isNarrow, what }),
      marks: marksOf(points, { delta: model.delta, isNarrow }),
    })),
    columns: [
      { label: 'configuration', align: 'left' },
      { label: 'verdict', align: 'left' },
      { label: 'change', align: 'right' },
    ],
    rows: points.map(({ name, word, change }) => [name, word, change]),
  };
}

/** Those with an estimate: claims first, by size, and then the others. */
function pointsOf(model: ReportModel) {
  return model.rows
    .flatMap((row) => pointOf(row, model))
    .sort((a, b) => Number(b.low !== null) - Number(a.low !== null) || b.ratio - a.ratio);
}

type Point = ReturnType<typeof pointsOf>[number];

function pointOf(row: ConfigurationRow, model: ReportModel) {
  const verdict = row[model.conclusion.figure];
  const estimate = verdict?.estimate ?? null;
  if (verdict === null || estimate === null) return [];
  const { gain, interval } = estimate;
  return [
    {
      ...namedRow(row, model),
      ...{ word: verdictWord(verdict), change: gainText(estimate), color: verdictColor(verdict) },
      ratio: 1 + gain,
      low: interval === null ? null : 1 + interval.low,
      high: interval === null ? null : 1 + interval.high,
    },
  ];
}

interface Look {
  readonly delta: number;
  readonly isNarrow: boolean;
}

function marksOf(points: readonly Point[], { delta, isNarrow }: Look): Plot.Markish[] {
  const known = new Map(points.map(({ id, word, change }) => [id, `${word}, ${change}`]));
  return [
    Plot.rect([0], { x1: 1 - delta, x2: 1 + delta, fill: 'var(--band)' }),
    Plot.ruleX([1], { stroke: 'var(--soft)' }),
    Plot.ruleY(
      points.filter(({ low }) => low !== null),
      { x1: 'low', x2: 'high', y: 'id', stroke: 'color', strokeWidth: 4, dy: 10 },
    ),
    Plot.dot(points, { x: 'ratio', y: 'id', fill: 'color', r: 6, dy: 10 }),
    rowTexts(
      points,
      ({ id, name }) => `${short(name, isNarrow)}${isNarrow ? '\n' : '   '}${known.get(id) ?? ''}`,
      isNarrow ? -16 : -10,
    ),
  ];
}

const allTicks = [
  0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50,
];

/** Ratios on a logarithmic scale, so that half and twice are as far from no change. */
function scaleOf(
  points: readonly Point[],
  { delta, isNarrow, what }: Look & { readonly what: string },
): Plot.ScaleOptions {
  const values = points.flatMap(({ ratio, low, high }) => [ratio, low ?? ratio, high ?? ratio]);
  const low = 0.97 * Math.min(...values, 1 - 2 * delta);
  const high = 1.03 * Math.max(...values, 1 + 2 * delta);
  const found = allTicks.filter((tick) => tick >= low && tick <= high);
  const every = Math.ceil(found.length / (isNarrow ? 5 : 9));
  return {
    type: 'log',
    domain: [low, high],
    ticks: found.filter((_, index) => index % every === found.indexOf(1) % every),
    tickFormat: (ratio: number) => (ratio === 1 ? '0' : percent(ratio - 1)),
    label: `change of ${what}`,
    labelOffset: 42,
    grid: true,
  };
}
