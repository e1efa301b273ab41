import * as Plot from '@observablehq/plot';
import type { Timeline } from '../../../model/detail/timeline.js';
import { count } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { picture } from './plot-picture.js';

const input = { color: 'var(--worse)', text: 'input rows per second' } as const;
const processed = { color: 'var(--better)', text: 'processed rows per second' } as const;

/** One trial as Spark's own Structured Streaming tab shows it: rows per second above, batch time below. */
export function timelineChart(timeline: Timeline | undefined, name: string): Chart | undefined {
  if (timeline === undefined || timeline.points.length < 2) return undefined;
  const { trial, points, batches } = timeline;
  const title = `A typical trial of ${name} (${trial}): rows per second above, batch time below; the warm-up is shaded`;
  const [rates, times] = [ratePicture(title, timeline), timePicture(title, timeline)];
  const isGrouped = batches > points.length;
  return {
    title: `${title}${isGrouped ? `; each point is several of its ${count(batches)} batches` : ''}`,
    legend: [input, processed, { color: 'var(--phase-4)', text: 'batch time' }],
    picture: (inWords) => ({ html: rates(inWords).html + times(inWords).html }),
    columns: [
      { label: 'seconds', align: 'right' },
      { label: 'input rows/s', align: 'right' },
      { label: 'processed rows/s', align: 'right' },
      { label: 'batch ms', align: 'right' },
    ],
    rows: points.map((point) => [
      point.seconds.toFixed(1),
      count(point.inputRowsPerSecond),
      count(point.processedRowsPerSecond),
      count(point.batchMs),
    ]),
  };
}

function ratePicture(title: string, timeline: Timeline) {
  return picture(`${title}. Rows per second`, ({ isNarrow }) => ({
    ...frameOf(timeline, { isNarrow, height: 200, label: null }),
    y: { label: 'rows per second', zero: true, nice: true, grid: true },
    marks: [
      warmup(timeline),
      Plot.line(timeline.points, {
        ...{ x: 'seconds', y: 'inputRowsPerSecond', stroke: input.color },
        ...{ strokeDasharray: '4 3', strokeWidth: 2 },
      }),
      Plot.line(timeline.points, {
        ...{ x: 'seconds', y: 'processedRowsPerSecond', stroke: processed.color, strokeWidth: 2 },
      }),
    ],
  }));
}

function timePicture(title: string, timeline: Timeline) {
  const points = timeline.points.filter(({ batchMs }) => batchMs > 0);
  return picture(`${title}. Batch time`, ({ isNarrow }) => ({
    ...frameOf(timeline, { isNarrow, height: 190, label: 'seconds since the first batch began' }),
    // The first batch takes many times as long as the others.
    y: {
      ...{ type: 'log', label: 'batch time, ms (logarithmic)', grid: true, tickFormat: count },
      ticks: ticksFor(points),
    },
    marks: [
      warmup(timeline),
      Plot.line(points, { x: 'seconds', y: 'batchMs', stroke: 'var(--phase-4)' }),
      Plot.dot(points, { x: 'seconds', y: 'batchMs', fill: 'var(--phase-4)', r: 2.5 }),
    ],
  }));
}

interface Frame {
  readonly isNarrow: boolean;
  readonly height: number;
  readonly label: string | null;
}

function frameOf({ points }: Timeline, { isNarrow, height, label }: Frame): Plot.PlotOptions {
  return {
    ...{ height, marginLeft: 64, marginBottom: label === null ? 28 : 48, marginTop: 24 },
    x: {
      ...{ labelOffset: 42, label },
      ...{ ticks: isNarrow ? 4 : 10, domain: [0, points.at(-1)?.seconds ?? 1] },
    },
  };
}

function warmup({ warmupSeconds, points }: Timeline): Plot.Markish {
  const end = Math.min(warmupSeconds, points.at(-1)?.seconds ?? 0);
  return Plot.rect([0], { x1: 0, x2: end, fill: 'var(--band)' });
}

/** 1, 2, 5 and their tens, as far as the batches reach. */
function ticksFor(points: Timeline['points']): number[] {
  const times = points.map(({ batchMs }) => batchMs);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
    .flatMap((ten) => [ten, 2 * ten, 5 * ten])
    .filter((tick) => tick >= least && tick <= most);
}
