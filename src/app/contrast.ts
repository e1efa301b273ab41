import type { Verdict } from '../model/comparison.js';
import type { Measurement } from '../model/measurement.js';
import type { Configuration } from '../model/configuration.js';
import type { RunRecord } from '../model/run-record.js';
import { decide, type Orientation } from '../stats/decide.js';
import { fitSlope, type Slope } from '../stats/covariate.js';
import { adjustPairs, type Pair } from '../stats/paired-sample.js';
import type { DecisionRule } from '../stats/paired-estimate.js';
import type { RunTable } from './run-table.js';

/** Two sides that are compared within each block. A side of several configurations is their mean. */
export interface Contrast {
  readonly changed: readonly Configuration[];
  readonly reference: readonly Configuration[];
}

/** A figure of a trial with the direction that is good. */
export interface Aspect {
  readonly figure: (measurement: Measurement) => number | null;
  readonly orientation: Orientation;
}

export const throughput: Aspect = {
  figure: (measurement) => measurement.rowsPerSecond,
  orientation: 'more-is-better',
};
export const latency: Aspect = {
  figure: (measurement) => measurement.batchMs?.p50 ?? null,
  orientation: 'less-is-better',
};

/** With fewer complete blocks, what a slope costs is more than what it brings. Declared here, before any run. */
const leastBlocksToAdjust = 4;

/**
 * With two or three looks each may err so often. Looking three times at .05 errs in more than .10 of the nights; this
 * keeps it below .05 (docs/validation.md), and is close to Pocock's bound for three looks, .022 (Biometrika 64, 1977).
 */
const alphaOfLook = 0.018;

/** The rule that a run's verdicts follow: declared in the experiment, before any trial. */
export function decisionRule({ experiment }: RunRecord): DecisionRule {
  const { delta, looks } = experiment.stopping;
  return { alpha: looks.length > 1 ? alphaOfLook : 0.05, delta };
}

/** The baseline's side of a comparison: both of its trials in each block, for less noise. */
export function baselineSide(run: RunRecord): Configuration[] {
  return run.plan.configurations.filter((one) => one.isBaseline || one.control === 'aa');
}

/**
 * Decides several comparisons as one family. Each is a list of contrasts, whose mean counts in each block (a main
 * effect). Where the canary was read, its part is taken out, with one slope for all, and the verdict keeps what would
 * have been found without. With several looks, the first that decides a comparison stands.
 */
export function decideContrasts(
  table: RunTable,
  comparisons: readonly (readonly Contrast[])[],
  aspect: Aspect,
): Verdict[] {
  const [first, ...later] = table.looks;
  if (first === undefined)
    return notYet(decideUpTo(table, comparisons, { aspect, upTo: Infinity }));
  return later.reduce(
    (verdicts, look) => {
      const next = decideUpTo(table, comparisons, { aspect, upTo: look });
      return verdicts.map((verdict, index) =>
        verdict.kind === 'inconclusive' ? (next[index] ?? verdict) : verdict,
      );
    },
    decideUpTo(table, comparisons, { aspect, upTo: first }),
  );
}

/** Before the first look nothing is claimed, whatever it looks like. */
function notYet(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.map((verdict) => ({
    ...verdict,
    kind: 'inconclusive',
    cautions: [{ kind: 'before-look' }, ...verdict.cautions],
  }));
}

function decideUpTo(
  table: RunTable,
  comparisons: readonly (readonly Contrast[])[],
  { aspect, upTo }: { readonly aspect: Aspect; readonly upTo: number },
): Verdict[] {
  const rule = decisionRule(table.run);
  const slope = slopeOf(table, aspect, upTo);
  const pairs = comparisons.map((contrasts) => pairsOf(table, contrasts, { aspect, upTo }));
  const samples = (by: Slope | undefined) =>
    pairs.map((found) =>
      adjustPairs(found, found.length < leastBlocksToAdjust ? undefined : by, pairs.length),
    );
  const plain = decide(samples(undefined), rule, aspect.orientation);
  if (slope === undefined) return plain;
  return decide(samples(slope), rule, aspect.orientation).map((verdict, index) => ({
    ...verdict,
    unadjusted:
      (pairs[index]?.length ?? 0) < leastBlocksToAdjust ? null : (plain[index]?.estimate ?? null),
  }));
}

/** How a figure moves with the speed of the machine, from the trials up to a block; undefined where nothing was read. */
export function slopeOf(
  { run, measured }: RunTable,
  { figure }: Aspect,
  upTo = Infinity,
): Slope | undefined {
  const blocks = run.plan.blocks.filter(({ number }) => number <= upTo);
  if (blocks.length < leastBlocksToAdjust) return undefined;
  const points = blocks.flatMap(({ number: block }) =>
    run.plan.configurations.flatMap(({ id }) => {
      const measurement = measured(id, block);
      const value = measurement === null ? null : figure(measurement);
      const canary = measurement?.canary?.medianCpuMs;
      if (value === null || value <= 0 || canary === undefined) return [];
      return [{ block, configuration: id, x: Math.log(canary), y: Math.log(value) }];
    }),
  );
  return fitSlope(points);
}

/** The pairs of the blocks that hold at least one complete contrast. */
function pairsOf(
  table: RunTable,
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

/** Mean logs of a side in a block; null where none of its trials counts there. */
export function sideOf(
  { measured }: RunTable,
  side: readonly Configuration[],
  { block, aspect }: { readonly block: number; readonly aspect: Aspect },
): { readonly log: number; readonly canary: number | null } | null {
  const found = side.flatMap(({ id }) => {
    const measurement = measured(id, block);
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
