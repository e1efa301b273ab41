import type { RowCost } from '../../model/cost.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { countedOf } from '../trial-index.js';
import { trialCost } from './row-cost.js';

/** What a million rows cost in each trial that counts, by its id. */
export function trialCosts({ trials, manifest, experiment }: RunRecord): Record<string, RowCost> {
  const options = {
    processors: manifest.machine.cpuCount,
    price: experiment.measurement.price,
  };
  const costs: Record<string, RowCost> = {};
  for (const counted of countedOf(trials)) {
    const cost = trialCost(counted, options);
    if (cost !== null) costs[counted.trial.id] = cost;
  }
  return costs;
}
