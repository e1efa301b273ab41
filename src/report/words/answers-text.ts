import type { Verdict } from '../../model/run/comparison.js';
import { levelText } from '../../model/knob.js';
import type { DecisiveFigure } from '../../model/run/conclusion.js';
import type { LevelEffect, ReportModel } from '../../model/run/report-model.js';
import { code, joined, link, sentence, strong, type Sentence } from './sentence.js';
import { cautionText, verdictSentence } from './verdict-text.js';
import { count, gainText, plural } from './wording.js';

/** What the answers are based on. */
export function basisSentence(model: ReportModel): Sentence {
  const { trials, manifest } = model.run;
  const { simulation, versions } = manifest;
  const madeUp =
    simulation === undefined
      ? []
      : sentence`${strong(sentence`Simulated by ${code(simulation)}: nothing was measured.`)} `;
  const succeeded = trials.filter(({ outcome }) => outcome.kind === 'succeeded').length;
  const candidates = model.rows.filter(
    ({ configuration }) => configuration.role === 'candidate',
  ).length;
  const missing = model.plannedTrials - model.endedTrials;
  const partial =
    missing > 0 ? ` The run is not complete: ${plural(missing, 'planned trial')} missing.` : '';
  const how =
    simulation === undefined
      ? `Measured with Spark ${versions.spark} and Kafka ${versions.kafka}: `
      : '';
  return sentence`${madeUp}${how}${count(succeeded)} of ${count(trials.length)} trials succeeded, ${plural(candidates, 'configuration')} and the baseline, which is run twice in each block, planned in ${plural(model.run.plan.blocks.length, 'block')} of random order.${partial} All details are in ${link('report.md', 'report.md')}.`;
}

/** What a level does, followed by the evidence. */
export interface EffectText {
  readonly headline: Sentence;
  readonly details: readonly Sentence[];
}

/** What each level of each factor does, for the first question. */
export function effectText(effect: LevelEffect, delta: number): EffectText {
  const setting = sentence`Setting ${code(effect.key)} to ${code(levelText(effect.level))} instead of ${code(levelText(effect.baselineLevel))}`;
  const { throughput, latency, rowsPerSecond, batchMs } = effect;
  const failed = failedText(effect);
  if (rowsPerSecond === null || batchMs === null || throughput.estimate === null) {
    const why = throughput.cautions.map(cautionText).join('; ');
    const because = why === '' ? '' : ` (${why})`;
    const what = throughput.kind === 'inert' ? 'this run cannot tell' : strong('not measured');
    const headline = sentence`${setting}: ${what}, the configuration is ${throughput.kind}${because}.${failed}`;
    return { headline, details: [] };
  }
  const rows = `from ${count(rowsPerSecond.baseline)} to ${count(rowsPerSecond.level)} rows per second`;
  const ms = `from ${count(batchMs.baseline)} to ${count(batchMs.level)} ms`;
  return {
    headline: sentence`${setting}:`,
    details: [
      sentence`throughput ${rows}: ${effectVerdict(throughput, delta)}`,
      sentence`median batch time ${ms}: ${effectVerdict(latency, delta)}`,
      sentence`trials ${links(effect.trialIds)}, compared with ${baselineTrials(effect)}.${failed}`,
    ],
  };
}

/** Whether a level was compared with the baseline's, however it turned out, or is the same to Spark. */
function isKnown({ throughput, rowsPerSecond }: LevelEffect): boolean {
  return throughput.kind === 'inert' || (rowsPerSecond !== null && throughput.estimate !== null);
}

/** Whether a run measured any level against the baseline's; a run of one configuration has none to measure. */
export function isAnythingMeasured({ effects }: ReportModel): boolean {
  return effects.length === 0 || effects.some(isKnown);
}

/** Names the levels that were not measured, for which nothing can be said; undefined if all were. */
export function unmeasuredSentence({ effects }: ReportModel): Sentence | undefined {
  const missing = effects.filter((effect) => !isKnown(effect));
  if (missing.length === 0) return undefined;
  const pairs = missing.map(({ key, level }) => [code(`${key} = ${levelText(level)}`)]);
  return sentence`Not measured: ${joined(pairs, ', ')}.`;
}

function failedText({ failedTrialIds }: LevelEffect): Sentence {
  return failedTrialIds.length === 0
    ? []
    : sentence` ${plural(failedTrialIds.length, 'trial')} did not count (${links(failedTrialIds)}).`;
}

function effectVerdict(verdict: Verdict, delta: number): Sentence {
  const words = verdictSentence(verdict, delta);
  return verdict.kind === 'inconclusive' ? sentence`${words} So this run cannot tell.` : words;
}

/** One of the best pairs, for the second question. */
export function bestPairSentence(effect: LevelEffect, figure: DecisiveFigure): Sentence {
  const { latency, rowsPerSecond, batchMs } = effect;
  const { estimate } = effect[figure];
  const gain = estimate === null ? '' : gainText(estimate);
  const levels =
    figure === 'throughput'
      ? `${count(rowsPerSecond?.level)} instead of ${count(rowsPerSecond?.baseline)} rows per second`
      : `${count(batchMs?.level)} instead of ${count(batchMs?.baseline)} ms median latency`;
  const price =
    figure === 'latency'
      ? ''
      : latency.kind === 'worse'
        ? ', at the price of longer batches'
        : latency.kind === 'better'
          ? ', with shorter batches as well'
          : '';
  return sentence`${code(`${effect.key} = ${levelText(effect.level)}`)}: ${gain}, ${levels}${price} (trials ${links(effect.trialIds)}).`;
}

/** More than this are told by their number: a line of forty names is not read. */
const mostNamed = 8;

function baselineTrials({ baselineTrialIds: ids }: LevelEffect): Sentence {
  return ids.length > mostNamed
    ? [`the ${count(ids.length)} trials of the baseline in the same blocks`]
    : links(ids);
}

function links(trialIds: readonly string[]): Sentence {
  return joined(
    trialIds.map((id) => [link(id, `trials/${id}/`)]),
    ', ',
  );
}
