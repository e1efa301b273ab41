import type { Control, Judgement } from '../../model/run/comparison.js';
import { cellOf } from '../../model/trial/plan.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { estimateOnly, withoutJudgement } from '../../stats/decide.js';
import { estimatePairs } from '../../stats/paired-estimate.js';
import { aspectsOf, pairsOf } from './contrast.js';
import { judgeLook, nothingJudged, type Judged } from './judge-look.js';
import { neededTrials } from '../needed-trials.js';
import { endedCells, indexTrials } from '../trial-index.js';

/** The verdicts of a run, or its estimates while it has none. */
export interface JudgedRun extends Judged {
  /** The look at which it was judged: a block, or Infinity for all of them; null before the first. */
  readonly judgedAt: number | null;
}

/**
 * Judges a run at each of its looks, or once all its blocks have ended. Before that there are estimates and no verdicts,
 * since a run that is judged whenever somebody reads it finds something in two nights of five. `isOver` says that no
 * further trials will come although some are missing: a budget ended the run.
 */
export function judgeRun(run: TrialHistory, isOver = false): JudgedRun {
  const looks = looksOf(run);
  let judged = nothingJudged;
  let judgedAt: number | null = null;
  for (const look of looks) {
    const isWhole = hasEnded(run, look, judged.decided);
    if (!isWhole && !isOver) break;
    judged = judgeLook(indexTrials(upTo(run, look)), judged, look);
    judgedAt = look;
    if (!isWhole) break;
  }
  if (judgedAt !== null) return { ...judged, judgedAt };
  const sofar = judgeLook(indexTrials(run), nothingJudged, Infinity);
  const block = Math.min(looks[0] ?? Infinity, run.plan.blocks.length);
  return {
    configurations: withoutVerdicts(sofar.configurations, block),
    mainEffects: withoutVerdicts(sofar.mainEffects, block),
    decided: new Map(),
    judgedAt,
  };
}

/** The configurations that a look has decided so far; they do not run in later blocks. */
export function decidedAtLooks(run: TrialHistory): ReadonlyMap<string, number> {
  return looksOf(run).length > 1 ? judgeRun(run).decided : new Map();
}

/** The baseline against itself, with an error of 5 %: a control, so it takes nothing from the claims. */
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

/** The blocks after which the run is judged. */
function looksOf({ experiment }: TrialHistory): readonly number[] {
  const { interimLooks } = experiment.stopping;
  return interimLooks.length > 1 ? interimLooks : [Infinity];
}

function upTo(run: TrialHistory, look: number): TrialHistory {
  return { ...run, trials: run.trials.filter(({ trial }) => trial.block <= look) };
}

function hasEnded(run: TrialHistory, look: number, decided: ReadonlyMap<string, number>): boolean {
  const ended = endedCells(run);
  return neededTrials(run, decided)
    .filter((trial) => trial.block <= look)
    .every((trial) => ended.has(cellOf(trial)));
}

/** Ineligible and inert stay: they are not decided by speed. */
function withoutVerdicts(
  judgements: ReadonlyMap<string, Judgement>,
  block: number,
): Map<string, Judgement> {
  const estimate = (judgement: Judgement): Judgement => {
    const { kind } = judgement.throughput;
    if (kind === 'inert' || kind === 'ineligible') return judgement;
    const why = { kind: 'before-look', block } as const;
    return {
      throughput: withoutJudgement(judgement.throughput, why),
      latency: withoutJudgement(judgement.latency, why),
    };
  };
  return new Map([...judgements].map(([id, judgement]) => [id, estimate(judgement)]));
}
