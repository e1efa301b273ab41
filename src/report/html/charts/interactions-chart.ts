import * as Plot from '@observablehq/plot';
import type { Interaction } from '../../../model/detail/interaction.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import { pairText } from '../../words/evidence/interaction-text.js';
import { count, percent } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { picture } from './plot-picture.js';
import { rowLayout, rowTexts, short } from './row-layout.js';

/** The largest ones say whether there is anything to see. */
const mostPairs = 12;

/** What two changes do together beyond what each does alone: estimates, with the span of the blocks. */
export function interactionsChart({ interactions }: ReportModel): Chart | undefined {
  if (interactions.kind !== 'estimated') return undefined;
  const points = pointsOf(interactions.found);
  const more = interactions.found.length - points.length;
  const title = `Rows per second of two changes together, beyond their separate effects; the line spans the blocks, and nothing is claimed${more > 0 ? ` (the ${count(points.length)} largest of ${count(interactions.found.length)})` : ''}`;
  return {
    title,
    picture: picture(title, ({ isNarrow }) => ({
      ...rowLayout(points),
      x: {
        ...{ label: 'beyond the separate effects', labelOffset: 42, grid: true, nice: true },
        ...{
          ticks: isNarrow ? 4 : 8,
          tickFormat: (change: number) => (change === 0 ? '0' : percent(change)),
        },
      },
      marks: [
        Plot.ruleX([0], { stroke: 'var(--soft)' }),
        Plot.ruleY(points, { x1: 'low', x2: 'high', y: 'id', stroke: 'var(--open)', dy: 8 }),
        Plot.dot(points, { x: 'more', y: 'id', fill: 'var(--open)', r: 5, dy: 8 }),
        rowTexts(points, ({ name }) => short(name, isNarrow)),
      ],
    })),
    columns: [
      { label: 'together', align: 'left' },
      { label: 'beyond the separate effects', align: 'right' },
      { label: 'rows/s: neither', align: 'right' },
      { label: 'the first', align: 'right' },
      { label: 'the second', align: 'right' },
      { label: 'both', align: 'right' },
      { label: 'blocks', align: 'right' },
    ],
    rows: points.map(({ name, more: change, low, high, rowsPerSecond: rate, blocks }) => [
      name,
      `${percent(change)} (blocks ${percent(low)} to ${percent(high)})`,
      ...[rate.neither, rate.first, rate.second, rate.both, blocks].map(count),
    ]),
  };
}

function pointsOf(found: readonly Interaction[]) {
  return found.slice(0, mostPairs).map((one, index) => ({
    ...one,
    id: String(index),
    name: pairText(one),
    more: one.factor - 1,
    low: one.range.low - 1,
    high: one.range.high - 1,
  }));
}
