import { isSucceeded, type EndedTrial } from '../model/trial/ended-trial.js';
import { cellOf } from '../model/trial/plan.js';

/** The run stops after this many baseline trials in a row that do not count. */
const inARow = 2;

/** Whether the last trials of the baseline and its A/A control have all failed. A trial and its retry count as one. */
export function isBaselineFailed(trials: readonly EndedTrial[]): boolean {
  const last = lastOfBaseline(trials);
  return last.length === inARow && last.every((one) => !isSucceeded(one));
}

/** The last baseline trials, as many as the decision needs. */
export function lastOfBaseline(trials: readonly EndedTrial[]): EndedTrial[] {
  const latest = new Map<string, EndedTrial>();
  for (const one of trials) {
    if (one.trial.configuration.role === 'candidate' || one.outcome.kind === 'canceled') continue;
    latest.set(cellOf(one.trial), one);
  }
  return [...latest.values()].slice(-inARow);
}
