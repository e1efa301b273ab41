import type { ParetoPoint, ReportModel } from '../../model/run/report-model.js';
import { markdownTable } from './markdown-table.js';
import { configurationName, count } from '../words/wording.js';

/** Throughput and latency together, with the configurations on the Pareto front; empty if there is no choice. */
export function paretoSection(model: ReportModel): string {
  const { paretoFront: front, paretoCandidates: candidates } = model;
  if (candidates < 2 || front.length === 0) return '';
  const offered = model.conclusion.figure === 'latency';
  const name = ({ configuration }: ParetoPoint) =>
    configurationName(configuration, model.run.experiment.baseline);
  return [
    '## Throughput and latency together',
    front.length === 1
      ? 'One configuration has both the most rows per second and the shortest median batch, over its trials. Its verdict says whether that is more than noise.'
      : 'Each of these has either more rows per second or a shorter median batch than the others, over its trials; the rest are beaten in both. The verdicts say whether a difference is more than noise.',
    markdownTable(
      [
        { label: 'configuration', align: 'left' },
        { label: 'rows/s', align: 'right' },
        { label: offered ? 'end-to-end ms p50' : 'batch ms p50', align: 'right' },
      ],
      front.map((point) => [name(point), count(point.rowsPerSecond), count(point.latencyMs)]),
    ),
  ].join('\n\n');
}
