import type { Caution, Verdict } from '../model/comparison.js';
import { sentence, strong, type Sentence } from './sentence.js';
import { count, gainText, magnitude, percent, plural } from './wording.js';

/** A verdict as a sentence, with its interval, its blocks, and what it could have missed. */
export function verdictSentence({ kind, estimate, adjustedP }: Verdict, delta: number): Sentence {
  if (estimate === null) return sentence`${strong(kind)}.`;
  const { blocks, interval, minimumDetectable } = estimate;
  const rest = `${gainText(estimate)} in ${plural(blocks, 'block')}`;
  if (interval === null || minimumDetectable === null) return sentence`${strong(kind)}, ${rest}.`;
  const size = (p: number) => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);
  const p = adjustedP === null ? '' : `; ${size(adjustedP)} after Holm`;
  switch (kind) {
    case 'better':
    case 'worse':
      return sentence`${strong(kind)}, ${rest}${p}.`;
    case 'equivalent':
      return sentence`${strong(kind)} within ±${magnitude(delta)}, ${rest}.`;
    case 'inconclusive':
    case 'inert':
    case 'ineligible':
      return sentence`${strong(kind)}, ${rest}${p}; could have missed a change of up to ${magnitude(minimumDetectable)}.`;
  }
}

/** A caution beside a verdict, as a sentence without its full stop. */
export function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case 'one-block':
      return 'one block says nothing about the noise, so nothing can be claimed';
    case 'before-look':
      return 'the first look, which was fixed before the run, has not come yet';
    case 'unfinished':
      return 'the run is not complete: should it have been stopped for what it showed, this claim is worth less than it says';
    case 'no-complete-block':
      return 'no block holds a trial that counts of both this configuration and the baseline';
    case 'zero-variance':
      return 'all blocks agree to the last digit, which real trials never do: look at the trials';
    case 'unstable':
      return `unstable: its noise is ${caution.timesMedian.toFixed(1)} times that of the middle configuration`;
    case 'robust-disagrees':
      return `a test that assumes no normal distribution does not agree (Hodges-Lehmann ${percent(caution.robustGain)}, sign-flip p ${caution.signFlipP.toFixed(3)}), so there is no claim`;
    case 'failed-trials':
      return `${plural(caution.trials, 'trial')} of it did not count`;
    case 'failed-blocks':
      return `its trials did not succeed in ${plural(caution.blocks, 'block')}: that is the result`;
    case 'dropped-data':
      return `it dropped ${share(caution.share)} of its rows as late, the baseline ${share(caution.baselineShare)}: faster because it did less is not faster`;
    case 'other-input':
      return `it read ${count(caution.rows)} rows a trial, the baseline ${count(caution.baselineRows)}: not the same work`;
    case 'rate-limited':
      return 'every batch was full and the trigger left idle time, so this is the speed of the limit and not of the engine';
    case 'cannot-act':
      return `${caution.knobs.join(', ')} cannot act here, so this is the same configuration as ${caution.same}: ${caution.why}`;
  }
}

function share(value: number): string {
  return value === 0 ? count(0) : magnitude(value);
}
