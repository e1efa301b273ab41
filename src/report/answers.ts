import type { Verdict } from '../model/comparison.js';
import { levelText } from '../model/knob.js';
import { comparisonColumns } from './comparison-columns.js';
import { markdownTable } from './markdown-table.js';
import type { LevelEffect, ReportModel } from '../model/report-model.js';
import { sensitivitySentences } from './sensitivity-text.js';
import { cautionText, verdictSentence } from './verdict-text.js';
import { count, gainText, plural } from './wording.js';

/**
 * `answers.md`: the two questions of the SF crime statistics project, answered from the measured numbers
 * only. Each sentence links the trials that it rests on; a difference within the noise is called that.
 */
export function renderAnswers(model: ReportModel): string {
  const columns = comparisonColumns(model);
  return [
    `# Answers from the run \`${model.run.experiment.name}\``,
    basis(model),
    '## 1. How did changing values on the SparkSession property parameters affect the throughput and latency of the data?',
    firstAnswer(model),
    markdownTable(
      columns,
      model.rows.map((row) => columns.map((column) => column.cell(row))),
    ),
    'Throughput is in rows per second (`processedRowsPerSecond`, recomputed over the batches after the warm-up); latency is the time of a batch, from its trigger to its commit.',
    '## 2. What were the 2-3 most efficient SparkSession property key/value pairs? Through testing multiple variations on values, how can you tell these were the most optimal?',
    secondAnswer(model),
    howOneCanTell(model),
  ]
    .join('\n\n')
    .concat('\n');
}

function basis(model: ReportModel): string {
  const { simulation } = model.run.manifest;
  const madeUp =
    simulation === undefined
      ? ''
      : `**Simulated by \`${simulation}\`: nothing of it was measured.** `;
  const { trials, experiment, manifest } = model.run;
  const succeeded = trials.filter((record) => record.outcome.kind === 'succeeded').length;
  const missing = model.plannedTrials - model.endedTrials;
  const partial =
    missing > 0 ? ` The run is not complete: ${plural(missing, 'planned trial')} missing.` : '';
  return `${madeUp}Measured with Spark ${manifest.versions.spark} and Kafka ${manifest.versions.kafka}: ${count(succeeded)} of ${count(trials.length)} trials succeeded, ${plural(model.rows.length - 1, 'configuration')} and the baseline a second time, planned in ${plural(experiment.design.blocks, 'block')} of random order.${partial} All details are in [report.md](report.md).`;
}

function firstAnswer(model: ReportModel): string {
  if (model.effects.length === 0) {
    return 'This run has one configuration only, so it cannot tell how any property affects throughput or latency.';
  }
  return model.effects.map((effect) => `- ${effectSentence(effect, model.delta)}`).join('\n');
}

function effectSentence(effect: LevelEffect, delta: number): string {
  const setting = `Setting \`${effect.key}\` to \`${levelText(effect.level)}\` instead of \`${levelText(effect.baselineLevel)}\``;
  const { throughput, latency, rowsPerSecond, batchMs } = effect;
  const failed =
    effect.failedTrialIds.length === 0
      ? ''
      : ` ${plural(effect.failedTrialIds.length, 'trial')} did not count (${links(effect.failedTrialIds)}).`;
  if (rowsPerSecond === null || batchMs === null || throughput.estimate === null) {
    const why = throughput.cautions.map(cautionText).join('; ');
    return `${setting}: this run cannot tell, the configuration is ${throughput.kind}${why === '' ? '' : ` (${why})`}.${failed}`;
  }
  const rows = `from ${count(rowsPerSecond.baseline)} to ${count(rowsPerSecond.level)} rows per second`;
  const ms = `from ${count(batchMs.baseline)} to ${count(batchMs.level)} ms`;
  const lines = [
    `${setting}:`,
    `  - throughput ${rows}: ${effectVerdict(throughput, delta)}`,
    `  - median batch time ${ms}: ${effectVerdict(latency, delta)}`,
    `  - trials ${links(effect.trialIds)}, compared with ${links(effect.baselineTrialIds)}.${failed}`,
  ];
  return lines.join('\n');
}

function effectVerdict(verdict: Verdict, delta: number): string {
  const sentence = verdictSentence(verdict, delta);
  return verdict.kind === 'inconclusive' ? `${sentence} So this run cannot tell.` : sentence;
}

/** The levels that are proven to be better, the largest gain first. */
function proven(model: ReportModel): LevelEffect[] {
  const gain = ({ throughput }: LevelEffect) => throughput.estimate?.gain ?? 0;
  return model.effects
    .filter((effect) => effect.throughput.kind === 'better')
    .sort((a, b) => gain(b) - gain(a));
}

function secondAnswer(model: ReportModel): string {
  const best = proven(model).slice(0, 3);
  if (best.length === 0) {
    return 'This run cannot tell: no key/value pair is proven to be better than the baseline. Of the values that were tried, the baseline is as good a choice as any until more blocks say otherwise.';
  }
  const lines = best.map((effect, index) => {
    const pair = `\`${effect.key} = ${levelText(effect.level)}\``;
    const gain = effect.throughput.estimate === null ? '' : gainText(effect.throughput.estimate);
    const levels = `${count(effect.rowsPerSecond?.level)} instead of ${count(effect.rowsPerSecond?.baseline)} rows per second`;
    const latency =
      effect.latency.kind === 'worse'
        ? ', at the price of longer batches'
        : effect.latency.kind === 'better'
          ? ', with shorter batches as well'
          : '';
    return `${String(index + 1)}. ${pair}: ${gain}, ${levels}${latency} (trials ${links(effect.trialIds)}).`;
  });
  const only = best.length === 1 ? 'Only one pair is proven by this run:' : 'In this order:';
  return [only, '', ...lines].join('\n');
}

function howOneCanTell(model: ReportModel): string {
  return [
    `How one can tell: each value was run in its own fresh \`spark-submit\` with a fresh checkpoint on the same records, in random order within each block, and compared with the baseline of the same block, which ran twice. A pair is listed only if a paired t test on logarithms, corrected for the number of values that were tried (${count(model.effects.length)}), leaves less than 5 % for chance. Of those, ${count(proven(model).length)} passed.`,
    sensitivitySentences(model).join(' '),
    tie(model),
    'These are the best of the values that were tried on this machine and this amount of data; another value, another machine or a warmed-up job may rank differently.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Says so when the two best cannot be told apart by their intervals. */
function tie(model: ReportModel): string {
  const [first, second] = proven(model);
  const low = first?.throughput.estimate?.interval?.low;
  const high = second?.throughput.estimate?.interval?.high;
  if (low === undefined || high === undefined || low > high) return '';
  return 'The intervals of the first two overlap, so which of them is the best this run cannot tell.';
}

function links(trialIds: readonly string[]): string {
  return trialIds.map((id) => `[${id}](trials/${id}/)`).join(', ');
}
