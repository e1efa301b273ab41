import { verdictKinds, type PairedEstimate } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import type { Answer, Winner } from '../../model/run/conclusion.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { code, joined, sentence, strong, type Sentence } from './sentence.js';
import { cautionText } from './verdict-text.js';
import {
  capitalised,
  configurationName,
  count,
  kindWord,
  magnitude,
  percent,
  plural,
} from './wording.js';

/** From this ratio on, a factor is easier to grasp than a percentage. */
const leastFactor = 1.5;

/**
 * The answer of a run: one sentence, after it what its reader must know. It claims what the verdicts claim, and says
 * where the run was simulated or has not ended.
 */
export function conclusionSentences(model: ReportModel): Sentence[] {
  const { answer, controlFailed } = model.conclusion;
  const answered = sentence`${opening(model)}${answerSentence(model)}`;
  return [
    ...(controlFailed
      ? [sentence`${strong('The A/A control failed, so do not trust this run:')} ${answered}`]
      : [answered]),
    ...(answer.kind === 'better' ? afterWinner(answer.best, model) : []),
  ];
}

/** Where the answer holds: in a simulation, or so far; empty for a real run that has ended. */
function opening({ endedTrials, plannedTrials, run }: ReportModel): string {
  const parts = [
    ...(endedTrials < plannedTrials
      ? [`so far, after ${count(endedTrials)} of ${count(plannedTrials)} trials`]
      : []),
    ...(run.manifest.simulation === undefined ? [] : ['simulated']),
  ];
  return parts.length === 0 ? '' : `${capitalised(parts.join(', '))}: `;
}

function answerSentence(model: ReportModel): Sentence {
  const { answer } = model.conclusion;
  switch (answer.kind) {
    case 'better':
      return winnerSentence(answer.best, model);
    case 'none-better':
      return sentence`${noneText(model)} (${verdictList(model)}).${unseenText(answer.unseen)}`;
    case 'screened':
      return screenedSentence(answer, model);
    case 'nothing-to-compare':
      return ['There is nothing to compare the baseline with.'];
    case 'too-early':
      return [tooEarlyText(model)];
  }
}

function tooEarlyText({ rows }: ReportModel): string {
  const cautions = rows.flatMap(({ throughput }) => throughput?.cautions ?? []);
  const look = cautions.find((caution) => caution.kind === 'before-look');
  const why =
    look === undefined
      ? '; the table says why'
      : `: they are judged after block ${count(look.block)}, and until then the table shows estimates`;
  return `Nothing can be said yet about any configuration${why}.`;
}

/** `` `spark.sql.shuffle.partitions=4`: 2.3 times the baseline's rows per second (95 % interval 1.9 to 2.9). `` */
function winnerSentence({ configuration, estimate }: Winner, model: ReportModel): Sentence {
  const { figure } = model.conclusion;
  const name = nameOf(configuration, model);
  const { gain, interval } = estimate;
  const factor = figure === 'throughput' && 1 + gain >= leastFactor;
  const size = (ratio: number) => (factor ? (1 + ratio).toFixed(1) : magnitude(ratio));
  const [near, far] =
    figure === 'throughput' ? [interval?.low, interval?.high] : [interval?.high, interval?.low]; // less is better, so the smaller change is the upper end
  const range =
    near === undefined || far === undefined
      ? ''
      : ` (${confidenceText(estimate)} interval ${size(near)} to ${size(far)})`;
  return factor
    ? sentence`${name}: ${size(gain)} times the baseline's rows per second${range}.`
    : sentence`${name}: ${size(gain)} ${figure === 'throughput' ? 'more rows per second' : 'less median latency'} than the baseline${range}.`;
}

/** `` `a=1` with `b=2` ``. */
export function nameOf(configuration: Configuration, { run }: ReportModel): Sentence {
  const pairs = configurationName(configuration, run.experiment.baseline).split('\n');
  return joined(
    pairs.map((pair) => [code(pair)]),
    ' with ',
  );
}

function noneText({ screening }: ReportModel): string {
  if (screening === null || screening.kept.length === 0)
    return 'No configuration was found to be better than the baseline';
  const kept =
    screening.kept.length === 1
      ? 'The best configuration of the screening'
      : `None of the ${count(screening.kept.length)} best configurations of the screening`;
  return `${kept} was ${screening.kept.length === 1 ? 'not ' : ''}found to be better than the baseline in fresh blocks`;
}

/** What a screening has chosen, before it is judged. */
function screenedSentence(
  { best, estimate }: Extract<Answer, { readonly kind: 'screened' }>,
  model: ReportModel,
): Sentence {
  const fresh = plural(model.screening?.judgingBlocks ?? 0, 'fresh block');
  return sentence`${strong('Screened, not confirmed:')} ${nameOf(best, model)} looks best (${percent(estimate.gain)}), but nothing is judged before ${fresh}.`;
}

/** What the reader of that sentence must know: its rivals, its price, and the cautions of its verdict. */
function afterWinner(
  { cautions, latency, tied, confirmed }: Winner,
  { conclusion, screening }: ReportModel,
): Sentence[] {
  const { better } = conclusion.verdicts;
  const how =
    confirmed && screening !== null
      ? [
          `Confirmed: ${plural(screening.blocks, 'screening block')} chose it from ${plural(screening.candidates, 'configuration')}, and ${plural(screening.judgingBlocks, 'fresh block')} judged it.`,
        ]
      : [];
  const rivals =
    better === 1
      ? []
      : [
          tied
            ? `It is the fastest of ${count(better)} configurations that are better than the baseline, but the intervals of the first two overlap: this run cannot tell which of them is the best.`
            : `It is the best of ${count(better)} configurations that are better than the baseline.`,
        ];
  const price =
    conclusion.figure === 'throughput' && latency === 'worse'
      ? ["The price: its median batch takes longer than the baseline's."]
      : [];
  const mind = cautions.map((caution) => `${capitalised(cautionText(caution))}.`);
  return [...how, ...rivals, ...price, ...mind].map((text) => [text]);
}

/** `2 worse, 1 inconclusive`. */
function verdictList({ conclusion, delta, judgedAt, screening }: ReportModel): string {
  const { verdicts } = conclusion;
  return verdictKinds
    .filter((kind) => verdicts[kind] > 0)
    .map((kind) => {
      const within = kind === 'equivalent' ? ` within ±${magnitude(delta)}` : '';
      const isLeftOut = kind === 'not-judged' && screening !== null && judgedAt !== null;
      return `${count(verdicts[kind])} ${isLeftOut ? 'screened out' : kindWord(kind)}${within}`;
    })
    .join(', ');
}

function unseenText(unseen: number | null): string {
  return unseen === null
    ? ''
    : ` A change of ${magnitude(unseen)} or more in an inconclusive one would have been found with 80 % power.`;
}

/** `95 %`: how sure an interval is. */
export function confidenceText({ confidence }: PairedEstimate): string {
  return `${String(Math.round(1_000 * confidence) / 10)} %`;
}

/** `5 %`, `1.8 %`: an error that a run allows itself. */
export function alphaText(alpha: number): string {
  return `${String(Math.round(1_000 * alpha) / 10)} %`;
}
