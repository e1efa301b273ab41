import type { Judgement, Verdict } from '../../model/run/comparison.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { decide, type DecidedPair } from '../../stats/decide.js';
import type { Figure } from '../../stats/verdict-of.js';
import type { Slope } from '../../stats/covariate.js';
import { adjustPairs, type Pair } from '../../stats/paired-sample.js';
import { estimatePairs, type DecisionRule } from '../../stats/paired-estimate.js';
import { canaryChoice } from './canary-choice.js';
import { aspectsOf, pairsOf, type Aspect, type Contrast } from './contrast.js';
import { fitSpeed } from './speed-slope.js';
import type { TrialIndex } from '../trial-index.js';

/** With fewer complete blocks, a slope costs more than it gains. Fixed here, before any run. */
const leastBlocksToAdjust = 4;

/**
 * Alpha of each look when there are two or three. Three looks at .05 err in more than .10 of runs; this keeps the rate
 * below .05 (docs/validation.md), and is close to Pocock's bound for three looks, .022 (Biometrika 64, 1977).
 */
const alphaOfLook = 0.018;

/** The decision rule of a run, declared in the experiment before any trial. */
export function decisionRule({ experiment }: Pick<TrialHistory, 'experiment'>): DecisionRule {
  const { delta, interimLooks, worthwhile } = experiment.stopping;
  const alpha = interimLooks.length > 1 ? alphaOfLook : 0.05;
  return { alpha, delta, ...(worthwhile === undefined ? {} : { worthwhile }) };
}

/** Something that a report may claim: contrasts that are averaged within each block (a main effect, if several). */
export interface Comparison {
  readonly contrasts: readonly Contrast[];
  /** Only blocks up to this one are compared. */
  readonly upTo: number;
  /** What an earlier look decided. */
  readonly earlier: Judgement | undefined;
  /** The index of the comparison that must be claimed before this one is tested; its second figure is not. */
  readonly after?: number;
}

/**
 * Decides everything that a report may claim as one family. Throughput decides, and latency is judged only where
 * throughput is better or worse; under an offered load it is the other way round. If there are canary readings, their
 * effect is removed with one slope for all, and the verdict keeps the unadjusted estimate.
 */
export function decideFamily(table: TrialIndex, comparisons: readonly Comparison[]): Judgement[] {
  const rule = decisionRule(table.run);
  const { decisive, secondary } = aspectsOf(table.run);
  const [first, second] = [
    figureOf(table, comparisons, decisive),
    figureOf(table, comparisons, secondary),
  ];
  const toPair = ({ throughput, latency }: Judgement): DecidedPair =>
    decisive.name === 'throughput'
      ? { first: throughput, second: latency }
      : { first: latency, second: throughput };
  const earlier = comparisons.map((one) => one.earlier && toPair(one.earlier));
  const after = comparisons.map((one) => one.after);
  return decide({ first, second, earlier, after }, rule).map((pair, index) => {
    if (comparisons[index]?.earlier !== undefined) return comparisons[index].earlier;
    const one = withUnadjusted(pair.first, first, index);
    const other = withUnadjusted(pair.second, second, index);
    return decisive.name === 'throughput'
      ? { throughput: one, latency: other }
      : { throughput: other, latency: one };
  });
}

interface AdjustedFigure extends Figure {
  /** The pairs as they were measured; null for a comparison that was not adjusted. */
  readonly measured: readonly (readonly Pair[] | null)[];
  readonly delta: number;
}

function figureOf(
  table: TrialIndex,
  comparisons: readonly Comparison[],
  aspect: Aspect,
): AdjustedFigure {
  const upTo = Math.max(0, ...comparisons.map((one) => one.upTo));
  const slope = slopeOf(table, aspect, upTo);
  const pairs = comparisons.map((one) => pairsOf(table, one.contrasts, { aspect, upTo: one.upTo }));
  const isAdjusted = (found: readonly Pair[]) =>
    slope !== undefined && found.length >= leastBlocksToAdjust;
  return {
    orientation: aspect.orientation,
    samples: pairs.map((found) =>
      adjustPairs(found, isAdjusted(found) ? slope : undefined, pairs.length),
    ),
    measured: pairs.map((found) => (isAdjusted(found) ? found : null)),
    delta: decisionRule(table.run).delta,
  };
}

/** The estimate that the same pairs give without the canary, at the same confidence. */
function withUnadjusted(
  verdict: Verdict,
  { measured, delta }: AdjustedFigure,
  index: number,
): Verdict {
  const pairs = measured[index] ?? null;
  if (pairs === null || verdict.estimate === null) return verdict;
  const rule = { alpha: 1 - verdict.estimate.confidence, delta };
  return { ...verdict, unadjusted: estimatePairs(adjustPairs(pairs, undefined, 1), rule) ?? null };
}

/**
 * The slope by which comparisons of trials up to a block are corrected for the machine's speed; undefined if they are not:
 * without readings, with few blocks, or if `canary: auto` has left it out.
 */
export function slopeOf(table: TrialIndex, aspect: Aspect, upTo = Infinity): Slope | undefined {
  const blocks = table.run.plan.blocks.filter(({ number }) => number <= upTo);
  if (blocks.length < leastBlocksToAdjust) return undefined;
  if (canaryChoice(table)?.kind === 'left-out') return undefined;
  return fitSpeed(table, aspect, upTo);
}
