import { isSucceeded } from '../../model/trial/ended-trial.js';
import { median } from '../../stats/quantile.js';
import type { TrialIndex } from '../trial-index.js';

/**
 * How much more time the canary's fixed work took in the second run: 0.02 is 2 %. It is the machine alone, since the job
 * stands still meanwhile. Null unless both runs have readings.
 */
export function machineSpeed(before: TrialIndex, after: TrialIndex): number | null {
  const [one, other] = [readingOf(before), readingOf(after)];
  return one === undefined || other === undefined ? null : other / one - 1;
}

function readingOf({ run }: TrialIndex): number | undefined {
  return median(
    run.trials
      .filter(isSucceeded)
      .flatMap(({ measurement }) => measurement?.canary?.medianCpuMs ?? []),
  );
}
