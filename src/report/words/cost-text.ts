import type { ConfigurationCost } from '../../model/cost.js';
import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { targetOf } from '../../model/target.js';
import type { Column } from '../column.js';
import { configurationName, count } from './wording.js';

/** What the figures of cost are, a sentence each. */
export function costSentences({ run, rows }: ReportModel): string[] {
  const { price } = run.experiment.measurement;
  const isGiven = rows.some(({ configuration }) =>
    ['standalone', 'local-cluster'].includes(targetOf(configuration.knobs).kind),
  );
  const which = isGiven ? 'asks for, or was given by a standalone cluster' : 'asks for';
  return [
    `Derived, and not judged: the cores of the executors and the heaps of driver and executors that a configuration ${which}, times the time that a million rows took, from the start of the first counted batch to the end of the last one; the median over its trials.`,
    ...(price === undefined
      ? []
      : [`The price is that of this time at the rates of the experiment (measurement.price).`]),
  ];
}

/** The columns of the table of costs. */
export function costColumns({ run }: ReportModel): readonly Column[] {
  const { price } = run.experiment.measurement;
  const right = (label: string) => ({ label, align: 'right' }) as const;
  return [
    { label: 'configuration', align: 'left' },
    right('cores'),
    right('memory GiB'),
    right('core-seconds per million rows'),
    right('GiB-seconds per million rows'),
    ...(price === undefined ? [] : [right(`${price.currency} per million rows`)]),
  ];
}

/** A row for each configuration whose cost is known; empty if that of none is. */
export function costRows(model: ReportModel): string[][] {
  return model.rows.flatMap((row) => (row.cost === null ? [] : [cellsOf(row, row.cost, model)]));
}

function cellsOf(
  { configuration }: ConfigurationRow,
  { resources, coreSeconds, memoryGibSeconds, price }: ConfigurationCost,
  { run }: ReportModel,
): string[] {
  return [
    configurationName(configuration, run.experiment.baseline),
    count(resources.cores),
    (resources.memoryBytes / 2 ** 30).toFixed(1),
    significant(coreSeconds),
    significant(memoryGibSeconds),
    ...(price === null ? [] : [significant(price)]),
  ];
}

/** Three digits that count, and no digit after the point that does not. */
function significant(value: number): string {
  return value >= 100 ? count(value) : value.toPrecision(3);
}
