import type { ConfigurationCost, Price, Resources, RowCost } from '../../model/cost.js';
import type { Measurement } from '../../model/trial/measurement.js';
import { median } from '../../stats/quantile.js';

const million = 1_000_000;
const gibibyte = 2 ** 30;

/** What a million rows of a trial cost (`RowCost` has the formulas); null if no batch of it counts. */
export function rowCost(
  measurement: Measurement,
  resources: Resources,
  price: Price | undefined,
): RowCost | null {
  const seconds = secondsPerMillion(measurement);
  return seconds === null ? null : costOf(seconds, resources, price);
}

/** The cost of a configuration at the median time of its trials; null without one. */
export function configurationCost(
  measurements: readonly Measurement[],
  resources: Resources | null,
  price: Price | undefined,
): ConfigurationCost | null {
  const seconds = median(measurements.flatMap((one) => secondsPerMillion(one) ?? []));
  if (seconds === undefined || resources === null) return null;
  return { resources, ...costOf(seconds, resources, price) };
}

/** Of several queries the rows of all are counted, as what was asked for serves them all. */
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
