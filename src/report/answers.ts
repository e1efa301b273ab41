import type { PairedComparison } from '../model/comparison.js';
import { levelText } from '../model/knob.js';
import { comparisonColumns } from './comparison-columns.js';
import { markdownTable } from './markdown-table.js';
import type { LevelEffect, ReportModel } from './report-model.js';
import { count, magnitude, percent, plural } from './wording.js';

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
  const { trials, experiment, manifest } = model.run;
  const succeeded = trials.filter((record) => record.outcome.kind === 'succeeded').length;
  const partial =
    trials.length < model.plannedTrials
      ? ` The run is not complete: ${plural(model.plannedTrials - trials.length, 'planned trial')} missing.`
      : '';
  return `Measured with Spark ${manifest.versions.spark} and Kafka ${manifest.versions.kafka}: ${count(succeeded)} of ${count(trials.length)} trials succeeded, ${plural(model.rows.length, 'configuration')}, planned in ${plural(experiment.design.blocks, 'block')} of random order.${partial} All details are in [report.md](report.md).`;
}

function firstAnswer(model: ReportModel): string {
  if (model.effects.length === 0) {
    return 'This run has one configuration only, so it cannot tell how any property affects throughput or latency.';
  }
  return model.effects.map((effect) => `- ${effectSentence(effect)}`).join('\n');
}

function effectSentence(effect: LevelEffect): string {
  const setting = `Setting \`${effect.key}\` to \`${levelText(effect.level)}\` instead of \`${levelText(effect.baselineLevel)}\``;
  const { throughput, latency, rowsPerSecond, batchMs } = effect;
  if (throughput === null || rowsPerSecond === null) {
    const failed = effect.failedTrialIds.length;
    const why =
      failed > 0
        ? `${count(failed)} of its trials did not succeed (${links(effect.failedTrialIds)})`
        : 'no block holds a succeeded trial of both';
    return `${setting}: this run cannot tell, because ${why}.`;
  }
  const evidence = `(trials ${links(effect.trialIds)}, compared with ${links(effect.baselineTrialIds)})`;
  const parts = [
    measure(throughput, {
      name: 'throughput',
      change: `from ${count(rowsPerSecond.baseline)} to ${count(rowsPerSecond.level)} rows per second`,
    }),
  ];
  if (latency !== null && batchMs !== null) {
    parts.push(
      measure(latency, {
        name: 'the median batch time',
        change: `from ${count(batchMs.baseline)} to ${count(batchMs.level)} ms`,
      }),
    );
  }
  const failures =
    effect.failedTrialIds.length > 0
      ? ` Beside that, ${count(effect.failedTrialIds.length)} trials did not succeed (${links(effect.failedTrialIds)}).`
      : '';
  return `${setting} ${parts.join(', and ')} ${evidence}.${failures}`;
}

function measure(
  comparison: PairedComparison,
  { name, change }: { readonly name: string; readonly change: string },
): string {
  const { gain, interval, verdict, blocks } = comparison;
  if (interval === null) {
    return `moved ${name} ${change} (${percent(gain)}) in the one block that holds both, from which this run cannot tell an effect from chance`;
  }
  const range = `95 % interval ${percent(interval.low)} to ${percent(interval.high)}, ${plural(blocks, 'block')}`;
  switch (verdict) {
    case 'higher':
      return `raised ${name} ${change} (${percent(gain)}; ${range})`;
    case 'lower':
      return `lowered ${name} ${change} (${percent(gain)}; ${range})`;
    case 'inconclusive':
      return `left ${name} within the noise, so this run cannot tell (${change}, ${percent(gain)}; ${range})`;
  }
}

function secondAnswer(model: ReportModel): string {
  const best = model.effects
    .filter((effect) => effect.throughput?.verdict === 'higher')
    .sort((a, b) => (b.throughput?.gain ?? 0) - (a.throughput?.gain ?? 0))
    .slice(0, 3);
  if (best.length === 0) {
    return 'This run cannot tell: no key/value pair raised the throughput by more than the noise. Of the values that were tried, the baseline is as good a choice as any until more blocks say otherwise.';
  }
  const lines = best.map((effect, index) => {
    const pair = `\`${effect.key} = ${levelText(effect.level)}\``;
    const gain = effect.throughput === null ? '' : percent(effect.throughput.gain);
    const levels = `${count(effect.rowsPerSecond?.level)} instead of ${count(effect.rowsPerSecond?.baseline)} rows per second`;
    const latency =
      effect.latency?.verdict === 'higher'
        ? ', at the price of longer batches'
        : effect.latency?.verdict === 'lower'
          ? ', with shorter batches as well'
          : '';
    return `${String(index + 1)}. ${pair}: ${gain}, ${levels}${latency} (trials ${links(effect.trialIds)}).`;
  });
  const only = best.length === 1 ? 'Only one pair is proven by this run:' : 'In this order:';
  return [only, '', ...lines].join('\n');
}

function howOneCanTell(model: ReportModel): string {
  const { effects } = model;
  const passed = effects.filter((effect) => effect.throughput?.verdict === 'higher').length;
  const detectable = effects
    .map((effect) => effect.throughput?.minimumDetectable ?? null)
    .filter((value) => value !== null);
  const limit =
    detectable.length === 0
      ? 'There is no interval with fewer than two complete blocks, so nothing here is proven.'
      : `With these blocks, effects smaller than about ${magnitude(Math.max(...detectable))} could have been missed.`;
  const tied = bestTie(model);
  return [
    `How one can tell: each value was run in its own fresh \`spark-submit\` with a fresh checkpoint on the same records, in random order within each block, and compared with the baseline of the same block. A pair is listed only if the whole 95 % interval of its gain lies above zero. Of the ${count(effects.length)} values that were tried beside the baseline's, ${count(passed)} passed. ${limit}`,
    tied,
    'These are the best of the values that were tried on this machine and this amount of data; another value, another machine or a warmed-up job may rank differently.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Says so when the two best levels of one knob cannot be told apart by their intervals. */
function bestTie(model: ReportModel): string {
  const [first, second] = model.effects
    .filter((effect) => effect.throughput?.verdict === 'higher')
    .sort((a, b) => (b.throughput?.gain ?? 0) - (a.throughput?.gain ?? 0));
  const low = first?.throughput?.interval?.low;
  const high = second?.throughput?.interval?.high;
  if (first === undefined || second === undefined || low === undefined || high === undefined)
    return '';
  return low > high
    ? ''
    : `The intervals of the first two overlap, so which of them is the best this run cannot tell.`;
}

function links(trialIds: readonly string[]): string {
  return trialIds.map((id) => `[${id}](trials/${id}/)`).join(', ');
}
