import type { ReportModel } from './report-model.js';
import { gainText, magnitude, percent, plural } from './wording.js';

/** What a run could and could not detect, from its own controls: a sentence each. */
export function detectionSentences({ detection, delta }: ReportModel): string[] {
  const { aa, sd, minimumDetectable, drift, blocks } = detection;
  if (sd === null || minimumDetectable === null || drift === null) {
    return [
      `This run cannot tell an effect from chance: ${blocks === 0 ? 'no block holds' : 'only one block holds'} a baseline that counts, and noise shows only between blocks.`,
    ];
  }
  return [
    `Noise between blocks: ${magnitude(Math.exp(sd) - 1)} (sd of paired log differences). In ${plural(blocks, 'block')} this run could see a change of ${magnitude(minimumDetectable)} or more (80 % power), and a change within ±${magnitude(delta)} counts as none.`,
    ...(aa?.estimate
      ? [`The baseline against itself (A/A): ${aa.kind}, ${gainText(aa.estimate)}.`]
      : []),
    ...(aa?.kind === 'better' || aa?.kind === 'worse'
      ? [
          'That should not be: something other than the configurations differed, so distrust every verdict of this run.',
        ]
      : []),
    `From the first block to the last the baseline moved by ${percent(drift)}.`,
  ];
}
