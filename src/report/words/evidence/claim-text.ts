import { levelText } from '../../../model/knob.js';
import type { CheckedClaim, ClaimOutcome } from '../../../model/detail/checked-claim.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import type { Column } from '../../column.js';
import { cautionText } from '../verdict-text.js';
import { gainText, kindWord, plural } from '../wording.js';

/** The words for what a run says of a claim. */
const outcomeWords: Readonly<Record<ClaimOutcome, string>> = {
  confirmed: 'confirmed',
  refuted: 'refuted',
  'cannot-act': 'cannot act',
  'not-told-apart': 'not told apart',
};

export const claimColumns: readonly Column[] = [
  { label: 'said of', align: 'left' },
  { label: 'the claim', align: 'left' },
  { label: 'measured here', align: 'left' },
  { label: 'so it is', align: 'left' },
];

/** The cells of a claim, but for its source. */
export function claimCells({ claim, outcome, verdict }: CheckedClaim): readonly string[] {
  const { key, level, says } = claim;
  return [`${key} = ${levelText(level)}`, says, measuredText(verdict), outcomeWords[outcome]];
}

/** What the outcomes mean, and where they hold. */
export function claimsNote({ conclusion, run }: ReportModel): string {
  const figure = conclusion.figure === 'throughput' ? 'rows per second' : 'latency';
  const trust = conclusion.controlFailed ? 'The A/A control failed, so trust none of it. ' : '';
  const made = run.manifest.simulation === undefined ? '' : 'Simulated: nothing was measured. ';
  return `${made}${trust}What others say, held against the verdicts on ${figure}. Only the direction of a claim is checked. It holds for this job, this data and this machine: a claim that is refuted here may be true elsewhere. Cannot act: Spark never reads the setting here. Not told apart: this run cannot tell.`;
}

function measuredText(verdict: CheckedClaim['verdict']): string {
  if (verdict === null) return 'no trial has this setting';
  const { kind, estimate, cautions } = verdict;
  if (estimate !== null && kind !== 'inert')
    return `${kindWord(kind)}, ${gainText(estimate)} in ${plural(estimate.blocks, 'block')}`;
  const cannotAct = cautions.find((caution) => caution.kind === 'cannot-act');
  if (cannotAct !== undefined) return `${kindWord(kind)}: ${cannotAct.why}`;
  const [why] = cautions;
  return why === undefined ? kindWord(kind) : `${kindWord(kind)}: ${cautionText(why)}`;
}
