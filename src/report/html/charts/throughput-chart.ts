import * as Plot from '@observablehq/plot';
import { isSucceeded } from '../../../model/trial/ended-trial.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import { count, spread } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { verdictColor } from './colors.js';
import { picture } from './plot-picture.js';
import { namedRow, rowLayout, rowTexts, short } from './row-layout.js';

/** The rows per second of every trial that counts: a dot each, and a line for each block. */
export function throughputChart(model: ReportModel): Chart | undefined {
  const shown = model.rows.filter(({ trials }) => trials.some(isSucceeded));
  const rows = shown.map((row) => ({
    ...namedRow(row, model),
    rate: row.rowsPerSecond?.median ?? NaN,
    cells: [count(row.trials.filter(isSucceeded).length), spread(row.rowsPerSecond)],
  }));
  if (rows.length === 0) return undefined;
  const dots = dotsOf(model);
  const title = 'Rows per second of each trial; a line joins the trials of a block';
  return {
    title,
    picture: picture(title, ({ isNarrow }) => ({
      ...rowLayout(rows),
      x: {
        ...{ label: 'rows per second', labelOffset: 42, grid: true, ticks: isNarrow ? 4 : 8 },
        domain: [0, 1.03 * Math.max(...dots.map(({ rate }) => rate))],
      },
      marks: [
        Plot.line(dots, { x: 'rate', y: 'id', z: 'block', stroke: 'var(--line)', dy: 8 }),
        Plot.dot(dots, { x: 'rate', y: 'id', fill: 'color', fillOpacity: 0.65, r: 4, dy: 8 }),
        Plot.tickX(rows, {
          ...{ x: 'rate', y: 'id', stroke: 'currentColor', strokeWidth: 2 },
          ...{ insetTop: 16, insetBottom: -2 },
        }),
        rowTexts(rows, ({ name }) => short(name, isNarrow)),
      ],
    })),
    columns: [
      { label: 'configuration', align: 'left' },
      { label: 'trials', align: 'right' },
      { label: 'rows/s, median (range)', align: 'right' },
    ],
    rows: rows.map(({ name, cells }) => [name, ...cells]),
  };
}

function dotsOf({ rows, conclusion }: ReportModel) {
  return rows.flatMap((row) =>
    row.trials.filter(isSucceeded).map(({ trial, measurement }) => ({
      id: row.configuration.id,
      block: trial.block,
      rate: measurement?.rowsPerSecond ?? NaN,
      color: verdictColor(row[conclusion.figure]),
    })),
  );
}
