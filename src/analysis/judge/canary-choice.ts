import type { CanaryChoice } from '../../model/run/canary-choice.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { isSucceeded } from '../../model/trial/ended-trial.js';
import { median } from '../../stats/quantile.js';
import { hasEndedUpTo, type TrialIndex } from '../trial-index.js';
import { aspectsOf } from './contrast.js';
import { fitSpeed } from './speed-slope.js';

/** With fewer degrees of freedom, a useful canary would too often look useless. */
const leastFreedom = 8;

/**
 * What `canary: auto` decides from the first blocks that say enough: the canary is kept if, of the variance, it leaves less
 * than the readings' time would buy otherwise. Looks at the noise around configurations and blocks only, never at how
 * configurations compare, and never again once it is decided. Undefined unless the experiment says auto.
 */
export function canaryChoice(table: TrialIndex): CanaryChoice | undefined {
  if (table.run.experiment.measurement.canary !== 'auto') return undefined;
  const known = choices.get(table.run.trials) ?? choose(table);
  choices.set(table.run.trials, known);
  return known;
}

/** Of each list of trials: an analysis asks many times. */
const choices = new WeakMap<TrialHistory['trials'], CanaryChoice>();

function choose(table: TrialIndex): CanaryChoice {
  const { run } = table;
  const { decisive } = aspectsOf(run);
  // A slower machine has a longer reading: fewer rows per second, and longer latency.
  const expected = decisive.orientation === 'more-is-better' ? -1 : 1;
  // Fresh blocks judge what a screening has chosen: nothing is chosen in them.
  const last = run.plan.screening?.blocks ?? Infinity;
  for (const { number: block } of run.plan.blocks) {
    if (block > last || !hasEnded(run, block)) break;
    const found = fitSpeed(table, decisive, block);
    if (found === undefined || found.freedom < leastFreedom) continue;
    const { correlation } = found;
    const cost = costOf(run, block);
    const left = expected * correlation > 0 ? 1 - correlation ** 2 : 1;
    const isWorthIt = left * (1 + cost) < 1;
    return { kind: isWorthIt ? 'kept' : 'left-out', afterBlock: block, correlation, cost };
  }
  const tookTurns = run.trials.some(
    ({ trial, session }) => trial.block <= last && session?.turns !== undefined,
  );
  return { kind: tookTurns ? 'unread' : 'open' };
}

/** Whether a block is over: all its trials have ended, or one of a later block has. */
function hasEnded(run: TrialHistory, block: number): boolean {
  return run.trials.some(({ trial }) => trial.block > block) || hasEndedUpTo(run, block);
}

function costOf({ trials }: TrialHistory, upTo: number): number {
  const shares = trials
    .filter((one) => isSucceeded(one) && one.trial.block <= upTo)
    .flatMap(({ measurement }) => measurement?.canary?.frozenShare ?? []);
  return median(shares) ?? 0;
}
