import type { ComparedResults } from '../../model/compare/result-comparison.js';
import { count, magnitude } from '../words/wording.js';

/** More trials than this many times those of a night are no advice. */
const mostTimes = 20;

/** What to do next, in one sentence. */
export function compareNext({ next }: ComparedResults): string {
  switch (next.kind) {
    case 'finish-run':
      return 'Next: finish the run with streamtune resume, then compare again.';
    case 'more-logs':
      return 'Next: compare folders with a log for each of three or more runs of the job on either side.';
    case 'see-why':
      return 'Next: see in its report.md why the ineligible one failed, or wrote something else.';
    case 'run-both':
      return 'Next: confirm it in a run of these two alone, with another --seed.';
    case 'measure-again':
      return 'Next: run the first side again now and compare again, to tell what changed from what the machine did meanwhile.';
    case 'more-trials':
      return next.times > mostTimes
        ? `Next: make trials longer (measurement.window) or quieter: at this noise, detecting ${magnitude(next.change)} takes more than ${count(mostTimes)} times as many.`
        : `Next: run both sides with about ${count(next.times)} times as many blocks, which would detect a change of ${magnitude(next.change)} at this noise.`;
    case 'keep-either':
      return `Next: take either; a change below ${magnitude(next.delta)} does not matter here.`;
  }
}
