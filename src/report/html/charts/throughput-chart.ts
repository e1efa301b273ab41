import * as Plot from '@observablehq/plot';
import { isSucceeded } from '../../../model/trial/ended-trial.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import { configurationName, count, spread } from '../../words/wording.js';
import type { Chart } from '../figure.js';
import { verdictColor } from './colors.js';
import { short } from './effects-chart.js';
import { picture } from './plot-picture.js';

/** The rows per second of every trial that counts: a dot each, and a line for each block. */
export function throughputChart(model: ReportModel): Chart | undefined {
  const { rows, run, conclusion } = model;
  const shown = rows.filter(({ trials }) => trials.some(isSucceeded));
  const dots = shown.flatMap((row) =>
    row.trials.filter(isSucceeded).map(({ trial, measurement }) => ({
      id: row.configuration.id,
      block: trial.block,
      rate: measurement?.rowsPerSecond ?? NaN,
      color: verdictColor(row[conclusion.figure]),
    })),
  );
  if (dots.length === 0) return undefined;
  const names = shown.map(({ configuration }) =>
    configurationName(configuration, run.experiment.baseline).replaceAll('\n', ', '),
  );
  const title = 'Rows per second of each trial; a line joins the trials of a block';
  const medians = shown.map((row) => ({
    id: row.configuration.id,
    rate: row.rowsPerSecond?.median ?? NaN,
  }));
  return {
    title,
    picture: picture(title, ({ isNarrow }) => ({
      height: 72 + shown.length * 44,
      marginLeft: 8,
      marginBottom: 48,
      marginRight: 24,
      x: {
        labelOffset: 42,
        label: 'rows per second',
        domain: [0, Math.max(...dots.map(({ rate }) => rate)) * 1.03],
        grid: true,
        ticks: isNarrow ? 4 : 8,
      },
      y: { axis: null, domain: shown.map(({ configuration }) => configuration.id) },
      marks: [
        Plot.line(dots, { x: 'rate', y: 'id', z: 'block', stroke: 'var(--line)', dy: 8 }),
        Plot.dot(dots, { x: 'rate', y: 'id', fill: 'color', fillOpacity: 0.65, r: 4, dy: 8 }),
        Plot.tickX(medians, {
          x: 'rate',
          y: 'id',
          stroke: 'currentColor',
          strokeWidth: 2,
          insetTop: 16,
          insetBottom: -2,
        }),
        Plot.text(shown, {
          text: (_row, index) => short(names[index] ?? '', isNarrow ? 44 : 90),
          y: (row: (typeof shown)[number]) => row.configuration.id,
          frameAnchor: 'left',
          dy: -10,
          fill: 'currentColor',
          stroke: 'var(--paper)',
          strokeWidth: 4,
        }),
      ],
    })),
    columns: [
      { label: 'configuration', align: 'left' },
      { label: 'trials', align: 'right' },
      { label: 'rows/s, median (range)', align: 'right' },
    ],
    rows: shown.map((row, index) => [
      names[index] ?? '',
      count(row.trials.filter(isSucceeded).length),
      spread(row.rowsPerSecond),
    ]),
  };
}
