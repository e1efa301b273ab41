import { isClaim, type PairedEstimate, type Verdict } from '../model/run/comparison.js';
import { estimateSample } from './estimate-sample.js';
import type { DecisionRule } from './paired-estimate.js';
import { median } from './quantile.js';
import { testFamily } from './test-family.js';
import { verdictOf, withoutJudgement, type Figure } from './verdict-of.js';

/** The verdicts on both figures of one comparison. */
export interface DecidedPair {
  readonly first: Verdict;
  readonly second: Verdict;
}

/** The comparisons of a report, in one order for both figures. */
interface Family {
  readonly first: Figure;
  readonly second: Figure;
  /** What an earlier look has decided stands, and is not tested again; undefined for what it left open. */
  readonly earlier: readonly (DecidedPair | undefined)[];
  /** The comparison that must be claimed before this one is tested; undefined for one that is tested by itself. */
  readonly after?: readonly (number | undefined)[];
}

/**
 * Decides all comparisons of a report together, in input order (docs/method.md, "The verdict"):
 *  1. t estimates on logs, paired where there are blocks; 2. the p values of all, gated and corrected as one family; 3. better or worse if
 *  rejected; 4. from eight blocks on only if Hodges-Lehmann and the exact sign-flip test agree, else inconclusive;
 *  5. else equivalent if two one-sided tests at the comparison's level say so; 6. else
 *  not worth it if the one-sided 95 % bound is below the smallest gain worth having; 7. else inconclusive.
 */
export function decide(
  { first, second, earlier, after = [] }: Family,
  rule: DecisionRule,
): DecidedPair[] {
  const estimates = (figure: Figure) =>
    figure.samples.map((sample) => estimateSample(sample, rule) ?? null);
  const [ofFirst, ofSecond] = [estimates(first), estimates(second)];
  const [sdOfFirst, sdOfSecond] = [medianSd(ofFirst), medianSd(ofSecond)];
  const tests = first.samples.map((_, index) => {
    const before = earlier[index];
    return {
      first: before ? forced(before.first) : (ofFirst[index]?.pValue ?? null),
      second: before ? forced(before.second) : (ofSecond[index]?.pValue ?? null),
      after: after[index],
    };
  });
  const gateShut = { kind: 'gate-shut' } as const;
  return testFamily(tests, rule.alpha).map((tested, index) => {
    const before = earlier[index];
    if (before !== undefined) return before;
    const { share } = tested;
    const one = verdictOf(first, index, { rule, share, usualSd: sdOfFirst, tested: tested.first });
    const other = verdictOf(second, index, {
      ...{ rule, share, usualSd: sdOfSecond, tested: tested.second },
    });
    const leads = after[index] === undefined;
    const opens = leads && tested.first?.rejected === true;
    return {
      first: leads || tested.first !== undefined ? one : withoutJudgement(one, gateShut),
      second: opens ? other : withoutJudgement(other, gateShut),
    };
  });
}

function medianSd(estimates: readonly (PairedEstimate | null)[]): number {
  return median(estimates.map((one) => one?.sd ?? null).filter((sd) => sd !== null)) ?? 0;
}

function forced({ kind }: Verdict): number {
  return isClaim(kind) ? 0 : 1;
}
