import type { Control } from '../../model/run/comparison.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { estimateOnly } from '../../stats/verdict-of.js';
import { estimatePairs } from '../../stats/paired-estimate.js';
import { indexTrials } from '../trial-index.js';
import { aspectsOf, pairsOf } from './contrast.js';

/**
 * The baseline against itself in all blocks, with an error of 5 %: a control, so it takes nothing from the claims.
 * `judgedAt` is the block after which the run was judged; null if it was not.
 */
export function judgeControl(run: TrialHistory, judgedAt: number | null): Control | null {
  const baseline = run.plan.configurations.filter((one) => one.role === 'baseline');
  const again = run.plan.configurations.filter((one) => one.role === 'baseline-repeat');
  if (baseline.length === 0 || again.length === 0) return null;
  const { decisive: aspect } = aspectsOf(run);
  const contrast = { changed: again, reference: baseline };
  const pairs = pairsOf(indexTrials(run), [contrast], { aspect, upTo: judgedAt ?? Infinity });
  const differences = pairs.map(({ difference }) => difference);
  const rule = { alpha: 0.05, delta: run.experiment.stopping.delta };
  const estimate = estimatePairs({ differences }, rule) ?? null;
  const p = estimate?.pValue ?? null;
  if (estimate === null || p === null || judgedAt === null) {
    return { result: 'not-judged', estimate: estimate && estimateOnly(estimate) };
  }
  return { result: p < rule.alpha ? 'failed' : 'passed', estimate };
}
