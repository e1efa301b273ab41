import { levelText } from '../../model/knob.js';
import { whyNotCounted } from '../words/outcome/outcome-text.js';
import { attributionSentence } from '../words/attribution-text.js';
import { codeBlock, markdownTable } from './markdown-table.js';
import { markdownText } from './markdown-text.js';
import { pasteBlocks } from './paste-section.js';
import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { resultSentence } from '../words/evidence/result-text.js';
import { queryTable } from './query-table.js';
import { sentence, strong, toMarkdown } from '../words/sentence.js';
import { trialTable } from './trial-table.js';
import { cautionText, verdictSentence } from '../words/verdict-text.js';
import { count, warningText } from '../words/wording.js';

/** Phases in the order in which a micro-batch runs through them; others follow by size. */
const phaseOrder = [
  'latestOffset',
  'getBatch',
  'queryPlanning',
  'walCommit',
  'addBatch',
  'commitOffsets',
];

/** One configuration: its knobs, where a batch's time goes, its trials, warnings and failures. */
export function configurationSection(row: ConfigurationRow, model: ReportModel): string {
  const levels = Object.entries(row.configuration.levels);
  const title = levels.map(([key, level]) => `${key}=${levelText(level)}`).join(', ');
  return [
    `## ${markdownText(`${row.configuration.id}${title === '' ? '' : `: ${title}`}`)}`,
    verdictLines(row, model),
    pasteBlocks(row.configuration.knobs),
    phaseTable(row),
    queryTable(row, model),
    trialTable(row),
    ...warningLines(row),
    ...row.failures.map((record) => {
      const tail = record.outcome.kind === 'failed' ? record.outcome.stderrTail : [];
      const what = strong(`${record.trial.id} ${record.outcome.kind}`);
      const why = toMarkdown(sentence`${what}: ${whyNotCounted(record.outcome) ?? ''}`);
      return tail.length === 0 ? why : `${why}\n\n${codeBlock(tail.join('\n'))}`;
    }),
    model.rows.some((other) => other.configuration.id === 'c1')
      ? ''
      : 'This is the only configuration, so there is nothing to compare it with.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The verdicts on the configuration's throughput and batch time, with every caution. */
function verdictLines(row: ConfigurationRow, model: ReportModel): string {
  const { throughput, latency, attribution, result } = row;
  if (throughput === null || latency === null) return '';
  const ofThroughput = throughput.cautions.map(cautionText);
  const ofLatency = latency.cautions.map(cautionText).filter((one) => !ofThroughput.includes(one));
  const cautions = [
    ...ofThroughput.map((one) => `- ${markdownText(one)}.`),
    ...ofLatency.map((one) => `- Batch time: ${markdownText(one)}.`),
  ];
  return [
    `Throughput: ${toMarkdown(verdictSentence(throughput, model.delta))}`,
    `Median batch time: ${toMarkdown(verdictSentence(latency, model.delta))}`,
    ...(result === null ? [] : [`Result: ${toMarkdown(resultSentence(result))}`]),
    ...(attribution === null
      ? []
      : [`Where the time goes: ${toMarkdown(attributionSentence(attribution))}`]),
    ...(cautions.length === 0 ? [] : [cautions.join('\n')]),
  ].join('\n\n');
}

function phaseTable(row: ConfigurationRow): string {
  const total = row.meanPhaseMs['triggerExecution'];
  if (total === undefined || total === 0) return '';
  const phases = Object.entries(row.meanPhaseMs).filter(([phase]) => phase !== 'triggerExecution');
  const rank = (phase: string) =>
    (phaseOrder.indexOf(phase) + phaseOrder.length + 1) % (phaseOrder.length + 1);
  phases.sort(([a, msA], [b, msB]) => rank(a) - rank(b) || msB - msA);
  const rest = total - phases.reduce((sum, [, ms]) => sum + ms, 0);
  const share = (ms: number) => `${((100 * ms) / total).toFixed(1)} %`;
  const cells = (name: string, ms: number) => [name, ms.toFixed(1), share(ms)];
  return [
    `Where a batch's time goes (mean of ${count(row.batches)} batches a trial, ${count(row.rowsPerBatch)} rows each):`,
    markdownTable(
      [
        { label: 'phase of durationMs', align: 'left' },
        { label: 'ms', align: 'right' },
        { label: 'share', align: 'right' },
      ],
      [
        ...phases.map(([phase, ms]) => cells(phase, ms)),
        cells('(not in any phase)', Math.max(0, rest)),
        cells('triggerExecution', total),
      ],
    ),
  ].join('\n\n');
}

function warningLines(row: ConfigurationRow): string[] {
  const lines = row.trials.flatMap(({ trial, measurement }) =>
    (measurement?.warnings ?? []).map(
      (warning) => `- ${markdownText(`${trial.id}: ${warningText(warning)}`)}.`,
    ),
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}
