import type { ScreeningOutlook } from '../../model/run/screening-outlook.js';
import { count, magnitude, plural } from './wording.js';

/** Both phases of a screened plan, a sentence or two each; nothing for a plan without a screening. */
export function screeningSentences(outlook: ScreeningOutlook | null): string[] {
  if (outlook === null) return [];
  const { blocks, trialsPerBlock, candidates, top, keeps, judgingBlocks, detectable, noise } =
    outlook;
  const best = top === 1 ? 'the best one' : `the best ${count(top)}`;
  const found =
    detectable === null
      ? 'One block cannot detect anything.'
      : `At that noise they detect a change of ${magnitude(detectable)} or more (80 % power).`;
  return [
    `Screening: ${plural(blocks, 'block')} of ${plural(trialsPerBlock, 'trial')} rank ${plural(candidates, 'configuration')} and keep ${best}, without any claim. At ${magnitude(noise)} noise between trials, one that is ${magnitude(keeps.gain)} better than all others is kept in ${magnitude(keeps.chance)} of such runs.`,
    `Confirmation: ${plural(judgingBlocks, 'fresh block')} of at most ${plural(outlook.trialsPerJudgingBlock, 'trial')} judge ${top === 1 ? 'it' : 'them'} against the baseline. ${found}`,
  ];
}
