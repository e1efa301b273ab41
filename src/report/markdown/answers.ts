import type { VerdictKind } from '../../model/run/comparison.js';
import type { ReportModel, ScreeningOutcome } from '../../model/run/report-model.js';
import {
  basisSentence,
  bestPairSentence,
  effectText,
  isAnythingMeasured,
  unmeasuredSentence,
} from '../words/answers-text.js';
import { ablationSentence, confirmedSentences } from '../words/confirmed-text.js';
import { claimsSection } from './claims-section.js';
import { comparisonTable } from './comparison-section.js';
import { markdownText } from './markdown-text.js';
import { alphaText } from '../words/conclusion-text.js';
import { sensitivitySentences } from '../words/sensitivity-text.js';
import { code, sentence, toMarkdown } from '../words/sentence.js';
import { count, magnitude, plural } from '../words/wording.js';

/**
 * `answers.md`: what the settings did and which were the best, answered from the measured numbers only. Each
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
    ...claimsSection(model),
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
  const { better, conclusion, screening } = model;
  if (screening !== null) return confirmedAnswer(model, screening);
  const best = better.slice(0, 3);
  const unmeasured = unmeasuredSentence(model);
  const beside = unmeasured === undefined ? '' : ` ${toMarkdown(unmeasured)}`;
  if (best.length === 0) {
    if (!isAnythingMeasured(model)) return nothingMeasured;
    const settled = isSettled(model)
      ? `No value that could be compared is better than the baseline by more than ${magnitude(settledWithin(model))}.`
      : 'This run cannot tell: no key/value pair was found to be better than the baseline, nor the baseline to be the best.';
    return `${settled}${beside}`;
  }
  const lines = best.map(
    (effect, index) =>
      `${String(index + 1)}. ${toMarkdown(bestPairSentence(effect, conclusion.figure))}`,
  );
  const only =
    best.length === 1
      ? 'This run found one pair that is better than the baseline:'
      : 'This run found these to be better than the baseline, the largest estimate first (their order was not tested):';
  return [only, '', ...lines, ...(beside === '' ? [] : ['', beside.trim()])].join('\n');
}

/** After a screening, only fresh blocks say what is better, and which of its keys matter. */
function confirmedAnswer(model: ReportModel, screening: ScreeningOutcome): string {
  const keys = model.ablations.map((one) => `- ${toMarkdown(ablationSentence(one, model))}`);
  return [
    ...confirmedSentences(model, screening).map(toMarkdown),
    ...(keys.length === 0 ? [] : ['Which of its keys matter:', keys.join('\n')]),
  ].join('\n\n');
}

const nothingMeasured =
  'This run cannot tell: nothing was measured. No value has trials that count beside those of the baseline in the same block, so nothing is known about any of them, not even that the baseline is a good choice.';

/** Whether every value that could be compared was found to be equivalent, worse, or not worth it. */
function isSettled(model: ReportModel): boolean {
  const kinds = comparedKinds(model);
  const open = kinds.some((kind) => kind === 'inconclusive' || kind === 'not-judged');
  const closed = ['equivalent', 'worse', 'not-worthwhile'] as const;
  return !open && closed.some((kind) => kinds.includes(kind));
}

function comparedKinds({ effects, conclusion: { figure } }: ReportModel): VerdictKind[] {
  return effects
    .filter((effect) => effect[figure].estimate !== null)
    .map((effect) => effect[figure].kind);
}

/** The largest gain that a settled run leaves open. */
function settledWithin(model: ReportModel): number {
  const { delta, run } = model;
  const { worthwhile = delta } = run.experiment.stopping;
  return comparedKinds(model).includes('not-worthwhile') ? worthwhile : delta;
}

/** `Of 3 values, 1 passed.`, or after a screening of those that it kept. */
function passedText({ effects, better, screening, conclusion, judgedAt }: ReportModel): string {
  if (screening === null)
    return `Of ${plural(effects.length, 'value')}, ${count(better.length)} passed.`;
  if (judgedAt === null) return 'None has been tested yet.';
  return `Of ${plural(screening.candidates, 'configuration')}, ${count(screening.kept.length)} passed the screening and were tested in fresh blocks, and of these ${count(conclusion.verdicts.better)} passed.`;
}

/** Where the trials ran that judge. */
function processText({ run }: ReportModel): string {
  return run.trials.some(({ session }) => session !== undefined) &&
    run.experiment.executor !== 'auto'
    ? 'a fresh session of a live `spark-submit`'
    : 'its own fresh `spark-submit`';
}

function howOneCanTell(model: ReportModel): string {
  const simulated = model.run.manifest.simulation !== undefined;
  const error = alphaText(model.alpha);
  return [
    `How we can tell: each value ${simulated ? 'is, in a run that is not simulated,' : 'was'} run in ${processText(model)} with a fresh checkpoint on the same records, in random order within each block, and compared with the baseline of the same block, which runs twice. A pair is listed only if a paired t test on logarithms, corrected for all that the report could claim, gives p below ${error}. ${passedText(model)}`,
    markdownText(sensitivitySentences(model).join(' ')),
    model.tied
      ? 'The intervals of the first two overlap, so this run cannot tell which of them is the best.'
      : '',
    model.better.length === 0 && model.conclusion.answer.kind !== 'better'
      ? ''
      : 'These are the best of the values that were tried on this machine and this amount of data; another value, another machine or a warmed-up job may rank differently.',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
