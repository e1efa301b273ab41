import { levelText } from '../model/knob.js';
import { shellWord } from '../model/shell-word.js';
import { comparisonColumns } from './comparison-columns.js';
import { configurationSection } from './configuration-section.js';
import { codeBlock, markdownTable } from './markdown-table.js';
import { paretoSection } from './pareto-text.js';
import type { ReportModel } from '../model/report-model.js';
import { sensitivitySentences } from './sensitivity-text.js';
import { states } from './status-text.js';
import { capitalised, count, duration, plural } from './wording.js';

/** `report.md`: what was found, on what, how to repeat it, and where each configuration's time goes. */
export function renderMarkdown(model: ReportModel): string {
  const { experiment } = model.run;
  const columns = comparisonColumns(model);
  return [
    `# ${experiment.name}`,
    experiment.description,
    simulationLine(model),
    stateLine(model),
    journalLine(model),
    resumeLines(model),
    '## What this run could detect',
    sensitivitySentences(model).join(' '),
    '## Rows per second by configuration',
    markdownTable(
      columns,
      model.rows.map((row) => columns.map((column) => column.cell(row))),
    ),
    howToRead(model),
    paretoSection(model),
    constantsSection(model),
    ...model.rows.map((row) => configurationSection(row, model)),
    '## Environment',
    environmentTable(model),
    '## Repeat it',
    codeBlock(model.run.manifest.argv.map(shellWord).join(' '), 'sh'),
    "Every trial's folder below `trials/` holds the rendered `data_stream.py`, the complete `spark-submit` call (`request.json`), the progress events and the logs. Checkpoints and outputs are deleted with their trial; of each log the first and the last two million characters are kept.",
    '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Nobody may take a made-up figure for a measured one. */
function simulationLine({ run }: ReportModel): string {
  const { simulation } = run.manifest;
  return simulation === undefined
    ? ''
    : `**Simulated.** No Kafka and no Spark has run: every figure below is made up by \`${simulation}\`.`;
}

function stateLine(model: ReportModel): string {
  const done = model.endedTrials;
  const spent = model.run.trials.reduce((total, record) => total + record.wallMs, 0) / 1_000;
  const state =
    done === model.plannedTrials
      ? `All ${count(done)} trials have ended`
      : `**${capitalised(states[model.run.state])}. ${count(done)} of ${count(model.plannedTrials)} trials have ended**`;
  const spared =
    model.skippedTrials === 0
      ? ''
      : ` ${plural(model.skippedTrials, 'planned trial')} need not run, as a look had decided their configuration.`;
  return `${state}, after ${duration(spent)} of trials. Started ${model.run.manifest.startedAt}.${spared}`;
}

/** Without its journal, nobody can tell what else a run has done. */
function journalLine({ run }: ReportModel): string {
  switch (run.journal) {
    case 'whole':
      return '';
    case 'missing':
      return '**The journal of this run is missing**; how its trials ended is read from their own folders.';
    case 'damaged':
      return '**The journal of this run is damaged**; how its trials ended is read from their own folders.';
  }
}

/** Figures of before and after may differ by what lay between. */
function resumeLines({ run }: ReportModel): string {
  return run.resumes
    .map(({ at, idleMs, differences }) => {
      const forced =
        differences.length === 0 ? '' : `, by force, although ${differences.join('; ')}`;
      return `It was taken up again ${at}, ${duration(idleMs / 1_000)} after its last sign of life${forced}.`;
    })
    .join('\n');
}

function howToRead(model: ReportModel): string {
  const { experiment } = model.run;
  const short = experiment.measurement.warmupSeconds < 180;
  return [
    `Throughput of a trial is Σ numInputRows / Σ triggerExecution over its batches after the warm-up (at least ${duration(experiment.measurement.warmupSeconds)}, a third of the trial and three batches). A configuration is compared with the mean of the baseline's two trials in the same block; better and worse are claimed where a paired t test on logarithms, corrected for the number of configurations (Holm), is below 5 %.`,
    ...(short
      ? [
          'The warm-up is short, so the trials measure a JVM that is still warming: fair between configurations, but no steady state.',
        ]
      : []),
  ].join(' ');
}

function constantsSection(model: ReportModel): string {
  if (model.constants.length === 0) return '';
  const list = model.constants.map(({ key, level }) => `- \`${key}\` = \`${levelText(level)}\``);
  return ['The same in every configuration:', '', ...list].join('\n');
}

function environmentTable(model: ReportModel): string {
  const { machine, versions, broker, hashes, streamtuneVersion } = model.run.manifest;
  const { data, design } = model.run.experiment;
  const gibibytes = (machine.memoryBytes / 2 ** 30).toFixed(1);
  const source =
    data.kind === 'generated'
      ? `${count(data.records)} generated police calls, seed ${String(data.seed)}`
      : `police calls of ${data.path}`;
  const rows = [
    [
      'machine',
      `${machine.platform}, ${count(machine.cpuCount)} × ${machine.cpuModel}, ${gibibytes} GiB`,
    ],
    ['Spark', versions.spark],
    ['Kafka', `${versions.kafka}, ${broker}`],
    ['Java', versions.java],
    ['Python', versions.python],
    ['Node', versions.node],
    ['streamtune', streamtuneVersion],
    ['data', `${source} (dataset ${hashes.dataset})`],
    ['blocks and seed', `${plural(design.blocks, 'block')}, seed ${String(design.seed)}`],
    ['experiment, SHA-256', hashes.experiment],
  ];
  const columns = [
    { label: 'what', align: 'left' },
    { label: 'value', align: 'left' },
  ] as const;
  return markdownTable(columns, rows);
}
