import type { Caution, Verdict } from '../../model/run/comparison.js';
import { differenceText } from './evidence/result-text.js';
import { sentence, strong, type Sentence } from './sentence.js';
import { count, gainText, kindWord, magnitude, percent, plural, verdictWord } from './wording.js';

/** A verdict as a sentence, with its interval, its blocks, and the change it could have missed. */
export function verdictSentence(verdict: Verdict, delta: number): Sentence {
  const { kind, estimate, adjustedP } = verdict;
  if (estimate === null) return sentence`${strong(kindWord(kind))}.`;
  const { blocks, interval, minimumDetectable } = estimate;
  const rest = `${gainText(estimate)} in ${plural(blocks, 'block')}`;
  if (kind === 'not-judged') return sentence`${verdictWord(verdict)}, ${rest}.`;
  if (interval === null || minimumDetectable === null) return sentence`${strong(kind)}, ${rest}.`;
  const size = (p: number) => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);
  const p = adjustedP === null ? '' : `; ${size(adjustedP)}, corrected for all claims`;
  switch (kind) {
    case 'better':
    case 'worse':
      return sentence`${strong(kind)}, ${rest}${p}.`;
    case 'equivalent':
      return sentence`${strong(kind)} within ±${magnitude(delta)}, ${rest}.`;
    case 'not-worthwhile':
      return sentence`${strong(kindWord(kind))}${atMostText(verdict)} (${rest}).`;
    case 'inconclusive':
    case 'inert':
    case 'ineligible':
      return sentence`${strong(kind)}, ${rest}${p}; could have missed a change of up to ${magnitude(minimumDetectable)}.`;
  }
}

/** `: at most +6.2 %`; empty if the bound is not known. */
function atMostText({ cautions }: Verdict): string {
  const bound = cautions.find((caution) => caution.kind === 'not-worthwhile');
  return bound === undefined ? '' : `: at most ${percent(bound.atMost)}`;
}

/** A caution beside a verdict, as a sentence without its full stop. */
export function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case 'one-block':
      return 'a single block says nothing about noise, so nothing can be claimed';
    case 'one-trial':
      return 'a single trial on a side says nothing about noise, so nothing can be claimed';
    case 'no-trial':
      return 'a side has no trial that counts';
    case 'before-look':
      return `an estimate so far: it is judged after block ${count(caution.block)}`;
    case 'screening':
      return `an estimate of the screening, which only ranks: the best are judged in fresh blocks, after block ${count(caution.block)}`;
    case 'screened-out':
      return `${plural(caution.blocks, 'screening block')} did not place it among the best, so it was not judged`;
    case 'not-worthwhile':
      return `surely (one-sided 95 % bound) less than the ${magnitude(caution.worthwhile)} declared to be worth having`;
    case 'gate-shut':
      return 'only judged where the figure that decides is better or worse';
    case 'lost-trials':
      return `${plural(caution.trials, 'trial')} of ${caution.side === 'baseline' ? 'the baseline' : 'this configuration'} did not count because of how they ran, so those that are left may be a biased choice`;
    case 'no-complete-block':
      return 'no block has a valid trial of both this configuration and the baseline';
    case 'zero-variance':
      return 'all blocks agree to the last digit, which never happens with real trials: check them';
    case 'unstable':
      return `unstable: ${caution.timesMedian.toFixed(1)} times as noisy as the median configuration`;
    case 'robust-disagrees':
      return `a robust test disagrees (Hodges-Lehmann ${percent(caution.robustGain)}, exact p ${caution.signFlipP.toFixed(3)}), so nothing is claimed`;
    case 'failed-trials':
    case 'failed-blocks':
    case 'dropped-data':
    case 'other-input':
    case 'other-result':
      return workText(caution);
    case 'rate-limited':
      return 'every batch was full and the trigger left idle time, so this measures the rate limit, not the engine';
    case 'cannot-act':
      return `${caution.knobs.join(', ')} cannot act here, so this is the same configuration as ${caution.same}: ${caution.why}`;
  }
}

/** What the trials of a configuration did otherwise than the baseline's. */
function workText(
  caution: Extract<
    Caution,
    { kind: 'failed-trials' | 'failed-blocks' | 'dropped-data' | 'other-input' | 'other-result' }
  >,
): string {
  switch (caution.kind) {
    case 'failed-trials':
      return `${plural(caution.trials, 'trial')} did not count`;
    case 'failed-blocks':
      return `${count(caution.blocks)} of its ${plural(caution.of, 'trial')} failed, more than the baseline's: that is the result`;
    case 'dropped-data':
      return `it dropped ${share(caution.share)} of its rows as late, the baseline ${share(caution.baselineShare)}: doing less work is not being faster`;
    case 'other-input':
      return `it read ${count(caution.rows)} rows a trial, the baseline ${count(caution.baselineRows)}: not the same work`;
    case 'other-result':
      return `its result differs from the baseline's in ${count(caution.trials)} of ${plural(caution.of, 'trial')} (${differenceText(caution)}): a knob that changes what comes out is no tuning`;
  }
}

function share(value: number): string {
  return value === 0 ? count(0) : magnitude(value);
}
