import { isSucceeded, type EndedTrial } from '../model/trial/ended-trial.js';
import { cellOf } from '../model/trial/plan.js';

/** So many trials of the baseline in a row that do not count, and a night would be for nothing. */
const inARow = 2;

/** Whether the last trials of the baseline, its repetition among them, have all failed. Second tries count as one. */
export function isBaselineFailed(trials: readonly EndedTrial[]): boolean {
  const last = lastOfBaseline(trials);
  return last.length === inARow && last.every((one) => !isSucceeded(one));
}

/** The last trials of the baseline, as many as decide. */
export function lastOfBaseline(trials: readonly EndedTrial[]): EndedTrial[] {
  const latest = new Map<string, EndedTrial>();
  for (const one of trials) {
    if (one.trial.configuration.role === 'candidate' || one.outcome.kind === 'canceled') continue;
    latest.set(cellOf(one.trial), one);
  }
  return [...latest.values()].slice(-inARow);
}
