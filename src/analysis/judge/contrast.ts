import type { Measurement } from '../../model/trial/measurement.js';
import type { Configuration } from '../../model/configuration.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import type { Orientation } from '../../stats/verdict-of.js';
import { mean } from '../../stats/mean.js';
import type { Pair } from '../../stats/paired-sample.js';
import type { TrialIndex } from '../trial-index.js';

/** Two sides to compare within each block. A side with several configurations is their mean. */
export interface Contrast {
  readonly changed: readonly Configuration[];
  readonly reference: readonly Configuration[];
}

/** A figure of a trial, and which direction is better. */
export interface Aspect {
  readonly name: 'throughput' | 'latency';
  readonly figure: (measurement: Measurement) => number | null;
  readonly orientation: Orientation;
}

export const throughput: Aspect = {
  name: 'throughput',
  figure: (measurement) => measurement.rowsPerSecond,
  orientation: 'more-is-better',
};
/** Batch duration; under an offered load, from a row's intended send time to the end of its batch. */
export const latency: Aspect = {
  name: 'latency',
  figure: ({ offered, batchMs }) => offered?.endToEndMs.p50 ?? batchMs?.p50 ?? null,
  orientation: 'less-is-better',
};

/** Throughput decides when a backlog is drained; under an offered load it is given, so latency decides. */
export function aspectsOf({ experiment }: Pick<TrialHistory, 'experiment'>): {
  readonly decisive: Aspect;
  readonly secondary: Aspect;
} {
  return experiment.measurement.mode === 'drain'
    ? { decisive: throughput, secondary: latency }
    : { decisive: latency, secondary: throughput };
}

/** The baseline's side of a comparison: both of its trials in each block, to reduce noise. */
export function baselineSide(run: TrialHistory): Configuration[] {
  return run.plan.configurations.filter((one) => one.role !== 'candidate');
}

/** One pair for each block with at least one complete contrast. */
export function pairsOf(
  table: TrialIndex,
  contrasts: readonly Contrast[],
  { aspect, upTo }: { readonly aspect: Aspect; readonly upTo: number },
): Pair[] {
  const blocks = table.run.plan.blocks.filter(({ number }) => number <= upTo);
  return blocks.flatMap(({ number: block }) => {
    const found = contrasts.flatMap(({ changed, reference }) => {
      const one = sideOf(table, changed, { block, aspect });
      const other = sideOf(table, reference, { block, aspect });
      if (one === null || other === null) return [];
      const known = one.canary !== null && other.canary !== null;
      return [
        { difference: one.log - other.log, covariate: known ? one.canary - other.canary : null },
      ];
    });
    if (found.length === 0) return [];
    const covariates = found.map((pair) => pair.covariate).filter((value) => value !== null);
    return [
      {
        difference: mean(found.map((pair) => pair.difference)),
        covariate: covariates.length < found.length ? null : mean(covariates),
      },
    ];
  });
}

/** Mean logs of a side in a block; null if none of its trials there counts. */
export function sideOf(
  { measured }: TrialIndex,
  side: readonly Configuration[],
  { block, aspect }: { readonly block: number; readonly aspect: Aspect },
): { readonly log: number; readonly canary: number | null } | null {
  const found = side.flatMap((one) => {
    const measurement = measured(one, block);
    const value = measurement === null ? null : aspect.figure(measurement);
    if (measurement === null || value === null || value <= 0) return [];
    return [{ log: Math.log(value), canary: measurement.canary?.medianCpuMs ?? null }];
  });
  if (found.length === 0) return null;
  const canaries = found.map(({ canary }) => canary).filter((value) => value !== null);
  return {
    log: mean(found.map(({ log }) => log)),
    canary: canaries.length < found.length ? null : mean(canaries.map((value) => Math.log(value))),
  };
}
