import { trialsOf } from '../model/trial/plan.js';
import type { Verdict } from '../model/run/comparison.js';
import type { TrialHistory } from '../model/run/run-record.js';
import { decide } from '../stats/decide.js';
import { fitSlope, type Slope } from '../stats/covariate.js';
import { adjustPairs } from '../stats/paired-sample.js';
import type { DecisionRule } from '../stats/paired-estimate.js';
import { pairsOf, type Aspect, type Contrast } from './contrast.js';
import { endedCells, type TrialIndex } from './trial-index.js';

/** With fewer complete blocks, what a slope costs is more than what it brings. Declared here, before any run. */
const leastBlocksToAdjust = 4;

/**
 * With two or three looks each may err so often. Looking three times at .05 errs in more than .10 of the nights; this
 * keeps it below .05 (docs/validation.md), and is close to Pocock's bound for three looks, .022 (Biometrika 64, 1977).
 */
const alphaOfLook = 0.018;

/** The rule that a run's verdicts follow: declared in the experiment, before any trial. */
export function decisionRule({ experiment }: TrialHistory): DecisionRule {
  const { delta, interimLooks } = experiment.stopping;
  return { alpha: interimLooks.length > 1 ? alphaOfLook : 0.05, delta };
}

/**
 * Decides several comparisons as one family. Each is a list of contrasts, whose mean counts in each block (a main
 * effect). Where the canary was read, its part is taken out, with one slope for all, and the verdict keeps what would
 * have been found without. With several looks, the first that decides a comparison stands.
 */
export function decideContrasts(
  table: TrialIndex,
  comparisons: readonly (readonly Contrast[])[],
  aspect: Aspect,
): Verdict[] {
  const [first, ...later] = table.judgedUpTo;
  if (first === Infinity) {
    return unfinished(table, decideUpTo(table, comparisons, { aspect, upTo: first }));
  }
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

/** A fixed number of blocks is only then fixed if the run comes to its end. */
function unfinished({ run }: TrialIndex, verdicts: readonly Verdict[]): Verdict[] {
  if (endedCells(run).size >= trialsOf(run.plan).length) return [...verdicts];
  return verdicts.map((verdict) =>
    verdict.kind === 'inconclusive'
      ? verdict
      : { ...verdict, cautions: [...verdict.cautions, { kind: 'unfinished' }] },
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
  table: TrialIndex,
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
  { run, measured }: TrialIndex,
  { figure }: Aspect,
  upTo = Infinity,
): Slope | undefined {
  const blocks = run.plan.blocks.filter(({ number }) => number <= upTo);
  if (blocks.length < leastBlocksToAdjust) return undefined;
  const points = blocks.flatMap(({ number: block }) =>
    run.plan.configurations.flatMap((configuration) => {
      const measurement = measured(configuration, block);
      const value = measurement === null ? null : figure(measurement);
      const canary = measurement?.canary?.medianCpuMs;
      if (value === null || value <= 0 || canary === undefined) return [];
      return [{ block, configuration: configuration.id, x: Math.log(canary), y: Math.log(value) }];
    }),
  );
  return fitSlope(points);
}
