import * as Plot from '@observablehq/plot';
import type { ConfigurationRow, ReportModel } from '../../../model/run/report-model.js';
import { configurationName } from '../../words/wording.js';

/** A row of a chart: a configuration with its name on one line. */
export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

export function namedRow({ configuration }: ConfigurationRow, { run }: ReportModel): NamedRow {
  const name = configurationName(configuration, run.experiment.baseline);
  return { id: configuration.id, name: name.replaceAll('\n', ', ') };
}

/** The frame of a chart with a row for each configuration, whose name stands above its marks. */
export function rowLayout(rows: readonly NamedRow[], rowHeight = 44): Plot.PlotOptions {
  return {
    height: 72 + rows.length * rowHeight,
    ...{ marginTop: 8, marginLeft: 8, marginRight: 24, marginBottom: 48 },
    y: { axis: null, domain: rows.map(({ id }) => id) },
  };
}

/** The names, or other texts of the rows. */
export function rowTexts(
  rows: readonly NamedRow[],
  textOf: (row: NamedRow) => string,
  dy = -10,
): Plot.Markish {
  return Plot.text(rows, {
    text: textOf,
    y: 'id',
    frameAnchor: 'left',
    dy,
    fill: 'currentColor',
    stroke: 'var(--paper)',
    strokeWidth: 4,
  });
}

/** A name that fits: its end says more than its beginning, which is the same for many keys. */
export function short(name: string, isNarrow: boolean): string {
  const most = isNarrow ? 44 : 90;
  return name.length <= most ? name : `…${name.slice(name.length - most + 1)}`;
}
