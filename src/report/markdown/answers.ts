import type { ReportModel } from '../../model/run/report-model.js';
import {
  basisSentence,
  bestPairSentence,
  effectText,
  isAnythingMeasured,
  unmeasuredSentence,
} from '../words/answers-text.js';
import { comparisonTable } from './comparison-section.js';
import { markdownText } from './markdown-text.js';
import { sensitivitySentences } from '../words/sensitivity-text.js';
import { code, sentence, toMarkdown } from '../words/sentence.js';
import { count } from '../words/wording.js';

/**
 * `answers.md`: the two questions of the SF crime statistics project, answered from the measured numbers only. Each
 * sentence links the trials it is based on; a difference within the noise is called that.
 */
export function renderAnswers(model: ReportModel): string {
  return [
    toMarkdown(sentence`# Answers from the run ${code(model.run.experiment.name)}`),
    toMarkdown(basisSentence(model)),
    '## 1. How did changing values on the SparkSession property parameters affect the throughput and latency of the data?',
    firstAnswer(model),
    comparisonTable(model),
    'Throughput is in rows per second (`processedRowsPerSecond`, recomputed over the batches after the warm-up); latency is the time of a batch, from its trigger to its commit.',
    '## 2. What were the 2-3 most efficient SparkSession property key/value pairs? Through testing multiple variations on values, how can you tell these were the most optimal?',
    secondAnswer(model),
    howOneCanTell(model),
  ]
    .join('\n\n')
    .concat('\n');
}

function firstAnswer(model: ReportModel): string {
  if (model.effects.length === 0) {
    return 'This run has only one configuration, so it cannot tell how any property affects throughput or latency.';
  }
  return model.effects
    .map((effect) => {
      const { headline, details } = effectText(effect, model.delta);
      const lines = details.map((detail) => `  - ${toMarkdown(detail)}`);
      return [`- ${toMarkdown(headline)}`, ...lines].join('\n');
    })
    .join('\n');
}

function secondAnswer(model: ReportModel): string {
  const best = model.better.slice(0, 3);
  const unmeasured = unmeasuredSentence(model);
  const beside = unmeasured === undefined ? '' : ` ${toMarkdown(unmeasured)}`;
  if (best.length === 0) {
    return isAnythingMeasured(model)
      ? `This run cannot tell: no key/value pair is proven to be better than the baseline. Among the values that were ${unmeasured === undefined ? 'tried' : 'measured'}, the baseline is as good a choice as any until more blocks say otherwise.${beside}`
      : 'This run cannot tell: nothing was measured. No value has trials that count beside those of the baseline in the same block, so nothing is known about any of them, not even that the baseline is a good choice.';
  }
  const lines = best.map(
    (effect, index) => `${String(index + 1)}. ${toMarkdown(bestPairSentence(effect))}`,
  );
  const only = best.length === 1 ? 'Only one pair is proven by this run:' : 'In this order:';
  return [only, '', ...lines, ...(beside === '' ? [] : ['', beside.trim()])].join('\n');
}

function howOneCanTell(model: ReportModel): string {
  return [
    `How we can tell: each value was run in its own fresh \`spark-submit\` with a fresh checkpoint on the same records, in random order within each block, and compared with the baseline of the same block, which ran twice. A pair is listed only if a paired t test on logarithms, corrected for the number of values that were tried (${count(model.effects.length)}), gives p below 5 %. Of those, ${count(model.better.length)} passed.`,
    markdownText(sensitivitySentences(model).join(' ')),
    model.tied
      ? 'The intervals of the first two overlap, so this run cannot tell which of them is the best.'
      : '',
    'These are the best of the values that were tried on this machine and this amount of data; another value, another machine or a warmed-up job may rank differently.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
