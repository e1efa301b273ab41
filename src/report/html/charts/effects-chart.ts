import * as Plot from '@observablehq/plot';
import type { ConfigurationRow, ReportModel } from '../../../model/run/report-model.js';
import {
  configurationName,
  gainText,
  magnitude,
  percent,
  verdictWord,
} from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { verdictColor, verdictLegend } from './colors.js';
import { picture } from './plot-picture.js';

/** What each configuration changes, with its interval and the band within which a change does not matter. */
export function effectsChart(model: ReportModel): Chart | undefined {
  const { figure } = model.conclusion;
  const points = pointsOf(model);
  if (points.length === 0) return undefined;
  const what = figure === 'throughput' ? 'rows per second' : 'latency';
  const title = `Change of ${what} against the baseline, with its interval; the band is ±${magnitude(model.delta)}`;
  const domain = domainOf(points, model.delta);
  return {
    title,
    legend: verdictLegend,
    picture: picture(title, ({ isNarrow }) => ({
      height: 72 + points.length * (isNarrow ? 62 : 48),
      marginLeft: 8,
      marginBottom: 48,
      marginRight: 16,
      marginTop: 8,
      x: {
        type: 'log',
        domain,
        ticks: ticksIn(domain, isNarrow),
        tickFormat: (ratio: number) => (ratio === 1 ? '0' : percent(ratio - 1)),
        label: `change of ${what}`,
        labelOffset: 42,
        grid: true,
      },
      y: { axis: null, domain: points.map(({ id }) => id) },
      marks: [
        Plot.rect([0], { x1: 1 - model.delta, x2: 1 + model.delta, fill: 'var(--band)' }),
        Plot.ruleX([1], { stroke: 'var(--soft)' }),
        Plot.ruleY(
          points.filter(({ low }) => low !== null),
          { x1: 'low', x2: 'high', y: 'id', stroke: 'color', strokeWidth: 4, dy: 10 },
        ),
        Plot.dot(points, { x: 'ratio', y: 'id', fill: 'color', r: 6, dy: 10 }),
        Plot.text(points, {
          text: isNarrow ? 'twoLines' : 'oneLine',
          y: 'id',
          frameAnchor: 'left',
          dy: isNarrow ? -16 : -10,
          fill: 'currentColor',
          stroke: 'var(--paper)',
          strokeWidth: 4,
        }),
      ],
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
function pointsOf({ rows, conclusion, run }: ReportModel) {
  return rows
    .flatMap((row) => pointOf(row, conclusion.figure, run.experiment.baseline))
    .sort((a, b) => Number(b.low !== null) - Number(a.low !== null) || b.ratio - a.ratio);
}

function pointOf(
  row: ConfigurationRow,
  figure: ReportModel['conclusion']['figure'],
  baseline: ReportModel['run']['experiment']['baseline'],
) {
  const verdict = row[figure];
  const estimate = verdict?.estimate ?? null;
  if (verdict === null || estimate === null) return [];
  const { gain, interval } = estimate;
  const name = configurationName(row.configuration, baseline).replaceAll('\n', ', ');
  const [word, change] = [verdictWord(verdict), gainText(estimate)];
  return [
    {
      ...{ id: row.configuration.id, name, word, change, color: verdictColor(verdict) },
      oneLine: `${short(name, 70)}   ${word}, ${change}`,
      twoLines: `${short(name, 44)}\n${word}, ${change}`,
      ratio: 1 + gain,
      low: interval === null ? null : 1 + interval.low,
      high: interval === null ? null : 1 + interval.high,
    },
  ];
}

/** A name that fits: its end says more than its beginning, which is the same for many keys. */
export function short(name: string, most: number): string {
  return name.length <= most ? name : `…${name.slice(name.length - most + 1)}`;
}

function domainOf(points: ReturnType<typeof pointsOf>, delta: number): [number, number] {
  const values = points.flatMap(({ ratio, low, high }) => [ratio, low ?? ratio, high ?? ratio]);
  const low = Math.min(...values, 1 - 2 * delta);
  const high = Math.max(...values, 1 + 2 * delta);
  return [low * 0.97, high * 1.03];
}

const allTicks = [
  0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50,
];

function ticksIn([low, high]: readonly [number, number], isNarrow: boolean): number[] {
  const found = allTicks.filter((tick) => tick >= low && tick <= high);
  const most = isNarrow ? 5 : 9;
  if (found.length <= most) return found;
  const every = Math.ceil(found.length / most);
  const start = found.indexOf(1) % every;
  return found.filter((_, index) => index % every === start);
}
