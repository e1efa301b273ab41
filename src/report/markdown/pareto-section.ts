import type { ParetoPoint, ReportModel } from '../../model/run/report-model.js';
import { markdownTable } from './markdown-table.js';
import { configurationName, count, kindWord } from '../words/wording.js';

/** Throughput and latency together, with the configurations on the Pareto front; empty where no claim speaks for a configuration. */
export function paretoSection(model: ReportModel): string {
  const { paretoFront: front } = model;
  if (front.every(({ configuration }) => configuration.role === 'baseline')) return '';
  const offered = model.conclusion.figure === 'latency';
  const name = ({ configuration }: ParetoPoint) =>
    configurationName(configuration, model.run.experiment.baseline);
  const isBeaten = !front.some(({ configuration }) => configuration.role === 'baseline');
  return [
    '## Throughput and latency together',
    `${isBeaten ? 'The baseline is beaten in both.' : 'The baseline is not beaten in both.'} These are the configurations that were not judged to be beaten in both by another one; only differences from the baseline are judged, not those between these.`,
    markdownTable(
      [
        { label: 'configuration', align: 'left' },
        { label: 'rows/s', align: 'right' },
        { label: 'throughput', align: 'right' },
        { label: offered ? 'end-to-end ms p50' : 'batch ms p50', align: 'right' },
        { label: 'latency', align: 'right' },
      ],
      front.map((point) => [
        name(point),
        count(point.rowsPerSecond),
        kindText(point.throughput),
        count(point.latencyMs),
        kindText(point.latency),
      ]),
    ),
  ].join('\n\n');
}

function kindText(kind: ParetoPoint['throughput']): string {
  return kind === null ? '' : kindWord(kind);
}
