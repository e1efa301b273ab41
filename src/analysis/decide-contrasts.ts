import { trialsOf } from '../model/trial/plan.js';
import type { Verdict } from '../model/run/comparison.js';
import type { TrialHistory } from '../model/run/run-record.js';
import { decide } from '../stats/decide.js';
import { fitSlope, type Slope } from '../stats/covariate.js';
import { adjustPairs } from '../stats/paired-sample.js';
import type { DecisionRule } from '../stats/paired-estimate.js';
import { pairsOf, type Aspect, type Contrast } from './contrast.js';
import { endedCells, type TrialIndex } from './trial-index.js';

/** With fewer complete blocks, a slope costs more than it gains. Fixed here, before any run. */
const leastBlocksToAdjust = 4;

/**
 * Alpha of each look when there are two or three. Three looks at .05 err in more than .10 of runs; this keeps the rate
 * below .05 (docs/validation.md), and is close to Pocock's bound for three looks, .022 (Biometrika 64, 1977).
 */
const alphaOfLook = 0.018;

/** The decision rule of a run, declared in the experiment before any trial. */
export function decisionRule({ experiment }: TrialHistory): DecisionRule {
  const { delta, interimLooks } = experiment.stopping;
  return { alpha: interimLooks.length > 1 ? alphaOfLook : 0.05, delta };
}

/**
 * Decides several comparisons as one family. Each is a list of contrasts, averaged within each block (a main effect).
 * If there are canary readings, their effect is removed with one slope for all, and the verdict keeps the unadjusted
 * estimate. With several looks, the first one that decides a comparison stands.
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

/** A fixed number of blocks is only fixed if the run completes; until then, claims carry a caution. */
function unfinished({ run }: TrialIndex, verdicts: readonly Verdict[]): Verdict[] {
  if (endedCells(run).size >= trialsOf(run.plan).length) return [...verdicts];
  return verdicts.map((verdict) =>
    verdict.kind === 'inconclusive'
      ? verdict
      : { ...verdict, cautions: [...verdict.cautions, { kind: 'unfinished' }] },
  );
}

/** Before the first look nothing is claimed, whatever the figures. */
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

/** How a figure depends on the machine's speed, from the trials up to a block; undefined without canary readings. */
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
