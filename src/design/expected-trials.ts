import type { Configuration } from '../model/configuration.js';
import type { Assignment } from '../model/knob.js';
import { candidatesOf, trialsOf, type Plan } from '../model/trial/plan.js';

/** How many trials of a plan will run. */
export interface ExpectedTrials {
  /** By configuration; after a screening, only if it is kept does a candidate run more often. */
  readonly of: (configuration: Configuration) => { readonly least: number; readonly most: number };
  /** Of each screening block, and of each that judges, at most; 0 without a screening. */
  readonly perScreeningBlock: number;
  readonly perJudgingBlock: number;
  /** Of the whole plan, at most. */
  readonly total: number;
}

/** How many trials of one of a plan's blocks will run, at most. */
export function expectedOf(
  { perScreeningBlock, perJudgingBlock }: ExpectedTrials,
  { screening }: Pick<Plan, 'screening'>,
  block: number,
): number {
  return block <= (screening?.blocks ?? 0) ? perScreeningBlock : perJudgingBlock;
}

/** Counts the trials of a plan before any of them has run. `baseline` has a level for every factor. */
export function expectedTrials(plan: Plan, baseline: Assignment): ExpectedTrials {
  const planned = new Map<string, number>();
  for (const { configuration } of trialsOf(plan))
    planned.set(configuration.id, (planned.get(configuration.id) ?? 0) + 1);
  const all = trialsOf(plan).length;
  const { screening, blocks } = plan;
  const perBlock = all / Math.max(1, blocks.length);
  if (screening === undefined) {
    return {
      of: ({ id }) => ({ least: planned.get(id) ?? 0, most: planned.get(id) ?? 0 }),
      perScreeningBlock: 0,
      perJudgingBlock: perBlock,
      total: all,
    };
  }
  const controls = plan.configurations.filter(({ role }) => role !== 'candidate').length;
  const perJudgingBlock = Math.min(
    perBlock,
    controls + screening.top + mostAblations(candidatesOf(plan), baseline),
  );
  return {
    of: ({ id, role }) => {
      const most = planned.get(id) ?? 0;
      return { least: role === 'candidate' ? Math.min(most, screening.blocks) : most, most };
    },
    perScreeningBlock: perBlock,
    perJudgingBlock,
    total: screening.blocks * perBlock + (blocks.length - screening.blocks) * perJudgingBlock,
  };
}

/** The most configurations that must run besides the best to tell its keys apart. */
function mostAblations(candidates: readonly Configuration[], baseline: Assignment): number {
  const changed = candidates.map(
    ({ levels }) => Object.keys(levels).filter((key) => levels[key] !== baseline[key]).length,
  );
  const most = Math.max(0, ...changed);
  return most < 2 ? 0 : most;
}
