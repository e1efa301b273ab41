import type { Caution, Judgement } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { baselineSide } from './contrast.js';
import { decideFamily, type Comparison } from './decide-family.js';
import { judgedWithoutTest } from './eligibility.js';
import { judgeLook, nothingJudged } from './judge-look.js';
import { withLostTrials } from './lost-trials.js';
import { freshTrials, screeningTrials, type Ablation, type Screened } from './screening.js';
import { indexTrials, type TrialIndex } from '../trial-index.js';
import { withoutVerdicts } from './without-verdicts.js';

/** What one key of the best configuration does: that configuration against itself without the key. */
export interface JudgedAblation extends Ablation {
  readonly judgement: Judgement;
}

interface Confirmation {
  readonly configurations: ReadonlyMap<string, Judgement>;
  /** Estimates only: what a level does on average is not what the fresh blocks compare. */
  readonly mainEffects: ReadonlyMap<string, Judgement>;
  readonly ablations: readonly JudgedAblation[];
  readonly judgedAt: number | null;
}

/**
 * Judges the candidates that a screening has kept, from fresh blocks alone, and after the best one its keys. Everything
 * else has estimates. `isLast` says that no further trials will come, so that the kept ones can be judged now.
 */
export function judgeConfirmation(
  run: TrialHistory,
  screened: Screened,
  isLast: boolean,
): Confirmation {
  const screeningBlocks = run.plan.screening?.blocks ?? 0;
  const estimates = screeningEstimates(run, screened, screeningBlocks);
  const fresh = freshTrials(run);
  if (!screened.isOver || fresh.trials.length === 0) return { ...estimates, ...notJudged };
  const [all, table] = [indexTrials(run), indexTrials(fresh)];
  const configurations = new Map(estimates.configurations);
  const settled = new Map(
    screened.kept.flatMap((one) => {
      const found = judgedWithoutTest(all, one);
      return found === undefined ? [] : [[one.id, found] as const];
    }),
  );
  for (const [id, judgement] of settled) configurations.set(id, judgement);
  const kept = screened.kept.filter(({ id }) => !settled.has(id));
  const decided = decideKept(table, kept, kept[0] === screened.kept[0] ? screened.ablations : []);
  const why = () => ({ kind: 'before-look', block: run.plan.blocks.length }) as const;
  const final = (judgements: ReadonlyMap<string, Judgement>) =>
    isLast ? judgements : withoutVerdicts(judgements, why);
  for (const [id, judgement] of final(decided.kept)) configurations.set(id, judgement);
  const ofKeys = final(decided.keys);
  return {
    configurations,
    mainEffects: estimates.mainEffects,
    ablations: screened.ablations.flatMap((ablation) => {
      const judgement = ofKeys.get(ablation.key);
      return judgement === undefined ? [] : [{ ...ablation, judgement }];
    }),
    judgedAt: isLast ? Infinity : null,
  };
}

const notJudged = { ablations: [], judgedAt: null } as const;

/** Every candidate and level as the screening saw them. */
function screeningEstimates(run: TrialHistory, { isOver, kept }: Screened, blocks: number) {
  const { configurations, mainEffects } = judgeLook(
    indexTrials(screeningTrials(run)),
    nothingJudged,
    Infinity,
  );
  const keptIds = new Set(kept.map(({ id }) => id));
  const last = run.plan.blocks.length;
  const why = (id: string): Caution => {
    if (!isOver) return { kind: 'screening', block: last };
    return keptIds.has(id)
      ? { kind: 'before-look', block: last }
      : { kind: 'screened-out', blocks };
  };
  return {
    configurations: withoutVerdicts(configurations, why),
    mainEffects: withoutVerdicts(mainEffects, () => ({ kind: 'screening', block: last })),
  };
}

/** The candidates against the baseline, as one family; the keys of the best, its first, only after its own claim. */
function decideKept(
  table: TrialIndex,
  kept: readonly Configuration[],
  ablations: readonly Ablation[],
) {
  const whole = { upTo: Infinity, earlier: undefined };
  const compared = ablations.filter(
    ({ without }) => judgedWithoutTest(table, without) === undefined,
  );
  const comparisons: Comparison[] = [
    ...kept.map((one) => ({
      contrasts: [{ changed: [one], reference: baselineSide(table.run) }],
      ...whole,
    })),
    ...compared.map(({ without }) => ({
      contrasts: [{ changed: kept.slice(0, 1), reference: [without] }],
      ...whole,
      after: 0,
    })),
  ];
  const judgements = decideFamily(table, comparisons);
  const at = (index: number, rests: readonly Configuration[]) => {
    const judgement = judgements[index];
    return judgement === undefined ? undefined : withLostTrials(table, rests, judgement);
  };
  const keys = new Map<string, Judgement>();
  for (const { key, without } of ablations) {
    const place = compared.findIndex((one) => one.key === key);
    const rests = [...kept.slice(0, 1), without];
    const judgement =
      place < 0 ? judgedWithoutTest(table, without) : at(kept.length + place, rests);
    if (judgement !== undefined) keys.set(key, judgement);
  }
  const candidates = new Map<string, Judgement>();
  for (const [index, one] of kept.entries()) {
    const judgement = at(index, [one]);
    if (judgement !== undefined) candidates.set(one.id, judgement);
  }
  return { kept: candidates, keys };
}
