import { levelText } from '../../model/knob.js';
import { shellWord } from '../../model/shell-word.js';
import { comparisonTable, conclusionParagraph } from './comparison-section.js';
import { configurationSection } from './configuration-section.js';
import { costSection } from './cost-section.js';
import { codeBlock, markdownTable } from './markdown-table.js';
import { markdownParagraph, markdownText } from './markdown-text.js';
import { paretoSection } from './pareto-section.js';
import { winnerSection } from './paste-section.js';
import { environmentRows } from '../words/run/environment-text.js';
import { settingSection } from './setting-section.js';
import type { Experiment } from '../../model/experiment.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { sensitivitySentences } from '../words/sensitivity-text.js';
import { methodSentences, resumeSentences, runSentences } from '../words/run/run-text.js';
import { code, joined, sentence, toMarkdown } from '../words/sentence.js';
import { megabytes } from '../words/wording.js';

/** `report.md`: what was found, on what, how to repeat it, and where each configuration's time goes. */
export function renderMarkdown(
  model: ReportModel,
  { keptBytes }: { readonly keptBytes?: number } = {},
): string {
  const { experiment } = model.run;
  return [
    `# ${markdownText(experiment.name)}`,
    conclusionParagraph(model),
    markdownParagraph(experiment.description),
    ...runSentences(model).map(toMarkdown),
    resumeSentences(model).map(toMarkdown).join('\n'),
    `## ${model.conclusion.figure === 'throughput' ? 'Rows per second' : 'Latency'} by configuration`,
    comparisonTable(model),
    constantsSection(model),
    winnerSection(model),
    '## What this run could detect',
    markdownText(sensitivitySentences(model).join(' ')),
    '## How it was measured',
    toMarkdown(joined(methodSentences(model), ' ')),
    paretoSection(model),
    costSection(model),
    ...model.rows.map((row) => configurationSection(row, model)),
    settingSection(model.settings),
    '## Environment',
    environmentTable(model),
    '## Repeat it',
    codeBlock(model.run.manifest.argv.map(shellWord).join(' '), 'sh'),
    `Each folder in \`trials/\` holds ${jobFile(experiment.job)}, ` +
      'the complete `spark-submit` call (`request.json`), the progress events and the logs. ' +
      `${whatIsDeleted(keptBytes)} after each trial; of each log, the first and last two million characters are kept.`,
    '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function jobFile({ kind }: Experiment['job']): string {
  return kind === 'template'
    ? 'the rendered `data_stream.py`'
    : 'what the script was given (`given.json`) and what it had asked for (`asked.json`)';
}

function whatIsDeleted(keptBytes: number | undefined): string {
  if (keptBytes === undefined) return 'Checkpoints and outputs are deleted';
  return `What each trial wrote is in its folder \`output/\`, ${megabytes(keptBytes)} in all. Checkpoints are deleted`;
}

function constantsSection(model: ReportModel): string {
  if (model.constants.length === 0) return '';
  const list = model.constants.map(({ key, level }) =>
    toMarkdown(sentence`- ${code(key)} = ${code(levelText(level))}`),
  );
  return ['The same in every configuration:', '', ...list].join('\n');
}

function environmentTable(model: ReportModel): string {
  const columns = [
    { label: 'what', align: 'left' },
    { label: 'value', align: 'left' },
  ] as const;
  return markdownTable(columns, environmentRows(model));
}
