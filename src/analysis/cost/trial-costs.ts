import type { RowCost } from '../../model/cost.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { isSucceeded } from '../../model/trial/ended-trial.js';
import { resourcesOf } from './resources.js';
import { rowCost } from './row-cost.js';

/** What a million rows cost in each trial that counts, by its id. */
export function trialCosts({ trials, manifest, experiment }: RunRecord): Record<string, RowCost> {
  const { price } = experiment.measurement;
  const costs: Record<string, RowCost> = {};
  for (const ended of trials) {
    const { trial, measurement } = ended;
    const resources = resourcesOf(trial.configuration.knobs, manifest.machine.cpuCount);
    if (!isSucceeded(ended) || measurement === null || resources === null) continue;
    const cost = rowCost(measurement, resources, price);
    if (cost !== null) costs[trial.id] = cost;
  }
  return costs;
}
