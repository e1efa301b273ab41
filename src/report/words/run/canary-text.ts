import type { CanaryChoice } from '../../../model/run/canary-choice.js';
import type { Sensitivity } from '../../../model/run/report-model.js';
import { magnitude } from '../wording.js';

/** What the canary saw, what correcting for it brought, and what it cost; a report may have estimates only, so far. */
export function canarySentences(
  { canary, canaryUnread, sd, unadjustedSd }: Sensitivity,
  has: 'estimates' | 'verdicts',
): string[] {
  if (canary === null) {
    return canaryUnread === true ? [unreadText('read the speed of the machine')] : [];
  }
  const moved = `The speed of the machine itself varied by ${magnitude(canary.range)} between trials.`;
  const cost = `Reading it paused the job for ${magnitude(canary.frozenShare)} of the measured time, the same in every configuration.`;
  const parts = [
    moved,
    ...(has === 'estimates' ? [] : [correctionText(canary, sd, unadjustedSd)]),
    ...correlationText(canary),
    ...choiceText(canary.choice),
    ...(canary.slope === null || has === 'estimates' ? [] : ['Both results are in summary.json.']),
    cost,
  ];
  return [parts.join(' ')];
}

type Canary = NonNullable<Sensitivity['canary']>;

function correctionText(
  { slope, choice }: Canary,
  sd: number | null,
  unadjustedSd: number | null,
): string {
  if (choice?.kind === 'left-out') return 'The results are not corrected for it.';
  if (slope === null || unadjustedSd === null || sd === null) {
    return 'It was not corrected for: that takes four complete blocks of a configuration besides the baseline.';
  }
  const before = magnitude(Math.exp(unadjustedSd) - 1);
  const after = magnitude(Math.exp(sd) - 1);
  return `The results are corrected for it (slope ${signed(slope)}), as declared before the run: noise ${before} before, ${after} after.`;
}

/** `Its readings correlate −0.70 with the results, which leaves 51 % of the variance (1 − ρ²).` */
function correlationText({ correlation }: Canary): string[] {
  return correlation === null
    ? []
    : [
        `Its readings correlate ${signed(correlation)} with the results, which leaves ${magnitude(1 - correlation ** 2)} of the variance (1 − ρ²).`,
      ];
}

function choiceText(choice: CanaryChoice | undefined): string[] {
  if (choice === undefined) return [];
  if (choice.kind === 'open') {
    return ['The run (canary: auto) has had too few trials to decide whether to go on reading it.'];
  }
  if (choice.kind === 'unread') {
    return [unreadText('go on reading it')];
  }
  const { afterBlock, correlation, cost } = choice;
  const found = `after block ${String(afterBlock)}: with a correlation of ${signed(correlation)} it left ${magnitude(1 - correlation ** 2)} of the variance there, for ${magnitude(cost)} of the time`;
  return [
    choice.kind === 'kept'
      ? `The run (canary: auto) decided to go on reading it ${found}.`
      : `The run (canary: auto) stopped reading it ${found}, which is not worth it.`,
  ];
}

function unreadText(what: string): string {
  return `The run (canary: auto) could not decide whether to ${what}: the blocks in which it decides took turns in a live driver, where nothing is read.`;
}

function signed(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
