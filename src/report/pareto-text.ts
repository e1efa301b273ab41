import { markdownTable } from './markdown-table.js';
import type { ConfigurationRow, ReportModel } from '../model/report-model.js';
import { configurationName, count } from './wording.js';

/**
 * Throughput and latency together: the configurations that no other one beats in both (the Pareto front), by their
 * medians. Larger batches buy the one with the other, so the choice between these is the reader's.
 */
export function paretoSection(model: ReportModel): string {
  const measured = model.rows
    .filter(({ configuration }) => configuration.role !== 'baseline-repeat')
    .filter(({ throughput }) => throughput?.kind !== 'ineligible' && throughput?.kind !== 'inert')
    .flatMap((row) => {
      const ms = row.offered?.endToEndMs.p95 ?? row.batchMs?.p95;
      return row.rowsPerSecond === null || ms === undefined
        ? []
        : [{ row, rows: row.rowsPerSecond.median, ms }];
    });
  const front = measured.filter(
    (one) =>
      !measured.some((other) => other !== one && other.rows >= one.rows && other.ms <= one.ms),
  );
  if (measured.length < 2 || front.length === 0) return '';
  const name = ({ configuration }: ConfigurationRow) =>
    configurationName(configuration, model.run.experiment.baseline);
  return [
    '## Throughput and latency together',
    front.length === 1
      ? 'One configuration has both the most rows per second and the shortest batches (p95), by the medians; whether that is more than noise, its verdict says.'
      : 'Of these, each has either more rows per second or shorter batches (p95) than the others, by the medians; all others are beaten in both. Whether a difference is more than noise, the verdicts say.',
    markdownTable(
      [
        { label: 'configuration', align: 'left' },
        { label: 'rows/s', align: 'right' },
        { label: 'p95 ms', align: 'right' },
      ],
      front
        .sort((a, b) => b.rows - a.rows)
        .map(({ row, rows, ms }) => [name(row), count(rows), count(ms)]),
    ),
  ].join('\n\n');
}
