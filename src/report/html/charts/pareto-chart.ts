import * as Plot from '@observablehq/plot';
import type { ReportModel } from '../../../model/run/report-model.js';
import { configurationName, count, kindWord } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { verdictColor } from './colors.js';
import { picture } from './plot-picture.js';
import { short } from './row-layout.js';

/** Throughput against latency, of the configurations that nothing was judged to beat in both. */
export function paretoChart(model: ReportModel): Chart | undefined {
  const points = pointsOf(model);
  const most = Math.max(...points.map(({ farthestMs }) => farthestMs));
  if (points.length < 2) return undefined;
  const latency = model.conclusion.figure === 'latency' ? 'end-to-end ms' : 'batch time ms';
  const title = 'Throughput against latency: nothing was judged to beat these in both';
  return {
    title,
    note: 'A dot is at the median batch (p50), by which latency is judged. Its line reaches to p95, an estimate without a claim: only a twentieth of the batches lies beyond it.',
    picture: picture(title, ({ isNarrow }) => ({
      ...{ height: 340, marginLeft: 64, marginBottom: 48, marginTop: 32, marginRight: 24 },
      x: {
        labelOffset: 42,
        label: `${latency}: dot p50, line to p95`,
        zero: true,
        nice: true,
        ticks: isNarrow ? 4 : 8,
      },
      y: { label: 'rows per second', zero: true, nice: true, grid: true },
      marks: marksOf(points, { isNarrow, most }),
    })),
    ...(areMany(points) ? { legend: points.map(legendOf) } : {}),
    columns: [
      { label: 'configuration', align: 'left' },
      { label: 'rows/s', align: 'right' },
      { label: 'throughput', align: 'left' },
      { label: `${latency}, p50`, align: 'right' },
      { label: 'latency', align: 'left' },
      { label: `${latency}, p95`, align: 'right' },
    ],
    rows: points.map((point) => [
      point.name,
      count(point.rowsPerSecond),
      point.throughput === null ? '' : kindWord(point.throughput),
      count(point.latencyMs),
      point.latency === null ? '' : kindWord(point.latency),
      count(point.latencyP95Ms),
    ]),
  };
}

function pointsOf({ paretoFront, rows, run, conclusion }: ReportModel) {
  return paretoFront.map((point) => {
    const row = rows.find(({ configuration }) => configuration.id === point.configuration.id);
    const name = configurationName(point.configuration, run.experiment.baseline);
    return {
      ...point,
      name: name.replaceAll('\n', ', '),
      farthestMs: point.latencyP95Ms ?? point.latencyMs,
      color: verdictColor(row?.[conclusion.figure] ?? null),
    };
  });
}

type Point = ReturnType<typeof pointsOf>[number];

/** More names than this would lie over each other: then the dots have ids, and the legend has the names. */
const mostNames = 2;

function areMany(points: readonly Point[]): boolean {
  return points.length > mostNames;
}

function legendOf({ color, configuration, name }: Point) {
  return { color, text: configuration.id === name ? name : `${configuration.id}: ${name}` };
}

/** A name stands above its dot and line, on the side that has more room. */
function marksOf(
  points: readonly Point[],
  { isNarrow, most }: { readonly isNarrow: boolean; readonly most: number },
): Plot.Markish[] {
  const isLeft = ({ latencyMs }: Point) => latencyMs <= most / 2;
  const names = (some: readonly Point[], textAnchor: 'start' | 'end') =>
    Plot.text(some, {
      text: (point: Point) =>
        areMany(points) ? point.configuration.id : short(point.name, isNarrow),
      ...{ x: 'latencyMs', y: 'rowsPerSecond', fill: 'currentColor', textAnchor },
      ...{ stroke: 'var(--paper)', strokeWidth: 4 },
      dx: textAnchor === 'end' ? 8 : -8,
      dy: -14,
    });
  return [
    Plot.ruleY(points, {
      ...{ x1: 'latencyMs', x2: 'farthestMs', y: 'rowsPerSecond' },
      ...{ stroke: 'color', strokeWidth: 2, strokeOpacity: 0.6 },
    }),
    Plot.dot(points, { x: 'latencyMs', y: 'rowsPerSecond', fill: 'color', r: 6 }),
    names(points.filter(isLeft), 'start'),
    names(
      points.filter((point) => !isLeft(point)),
      'end',
    ),
  ];
}
