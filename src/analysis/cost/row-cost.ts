import type { ConfigurationCost, Price, Resources, RowCost } from '../../model/cost.js';
import type { Measurement } from '../../model/trial/measurement.js';
import { median } from '../../stats/quantile.js';
import type { CountedTrial } from '../trial-index.js';
import { resourcesOf } from './resources.js';

const million = 1_000_000;
const gibibyte = 2 ** 30;

interface CostOptions {
  /** Of the machine. */
  readonly processors: number;
  readonly price: Price | undefined;
}

/** What a million rows of a trial cost (`RowCost` has the formulas); null if no batch counts, or if nobody knows what it had. */
export function trialCost(
  { trial, measurement, executors }: CountedTrial,
  { processors, price }: CostOptions,
): ConfigurationCost | null {
  const seconds = secondsPerMillion(measurement);
  const resources = resourcesOf(trial.configuration.knobs, { processors, executors });
  if (seconds === null || resources === null) return null;
  return { resources, ...costOf(seconds, resources, price) };
}

/** The cost of a configuration, each figure the median over its trials; null if that of none is known. */
export function configurationCost(
  trials: readonly CountedTrial[],
  options: CostOptions,
): ConfigurationCost | null {
  const costs = trials.map((trial) => trialCost(trial, options)).filter((cost) => cost !== null);
  if (costs.length === 0) return null;
  const middle = (figure: (cost: ConfigurationCost) => number) => median(costs.map(figure)) ?? NaN;
  return {
    resources: {
      cores: middle(({ resources }) => resources.cores),
      memoryBytes: middle(({ resources }) => resources.memoryBytes),
    },
    coreSeconds: middle(({ coreSeconds }) => coreSeconds),
    memoryGibSeconds: middle(({ memoryGibSeconds }) => memoryGibSeconds),
    price: options.price === undefined ? null : middle(({ price }) => price ?? NaN),
  };
}

/** Of several queries the rows of all are counted, as what a trial has serves them all. */
function secondsPerMillion({ queries, counts, rowsPerBatch, spanMs }: Measurement): number | null {
  if (queries !== undefined) {
    return queries.together === null || queries.together <= 0 ? null : million / queries.together;
  }
  const rows = (rowsPerBatch ?? 0) * counts.counted;
  return rows > 0 && spanMs > 0 ? (million * spanMs) / 1_000 / rows : null;
}

function costOf(
  seconds: number,
  { cores, memoryBytes }: Resources,
  price: Price | undefined,
): RowCost {
  const gib = memoryBytes / gibibyte;
  return {
    coreSeconds: cores * seconds,
    memoryGibSeconds: gib * seconds,
    price: price === undefined ? null : (hourly(price, cores, gib) * seconds) / 3_600,
  };
}

function hourly({ perHour, perCoreHour, perGibHour }: Price, cores: number, gib: number): number {
  return perHour + cores * perCoreHour + gib * perGibHour;
}
