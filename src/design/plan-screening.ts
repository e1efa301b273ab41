import type { Experiment } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Screening } from '../model/trial/plan.js';

/** From this many candidates on, ranking them first takes fewer trials than judging all (docs/method.md). */
const leastCandidates = 5;
/** From this many on, more than one is kept: the best of many is easily missed by a single choice. */
const manyCandidates = 12;

/**
 * How an experiment with this many candidates is screened; undefined if every block judges all of them. Throws
 * EXPERIMENT_INVALID if more are to be kept than there are.
 */
export function planScreening(
  { name, design, stopping }: Pick<Experiment, 'name' | 'design' | 'stopping'>,
  candidates: number,
): Screening | undefined {
  const { confirm, blocks } = design;
  if (confirm === 'off' || candidates === 0) return undefined;
  const isDefault = candidates >= leastCandidates && stopping.interimLooks.length === 1;
  if (confirm === undefined && !isDefault) return undefined;
  const top = confirm?.top ?? (candidates >= manyCandidates ? 3 : 1);
  if (top > candidates) {
    const few = candidates === 1 ? 'only one' : `only ${String(candidates)}`;
    throw new HarnessError({
      code: 'EXPERIMENT_INVALID',
      message: `${name}: design.confirm.top is ${String(top)}, but there ${candidates === 1 ? 'is' : 'are'} ${few} to choose from.`,
      hint: `Use ${String(candidates)} at most, or add levels; configurations that are excluded or inert do not count.`,
    });
  }
  return { blocks: confirm?.screeningBlocks ?? screeningBlocksFor(blocks), top };
}

/** How many blocks come before these, where an experiment does not say. */
export function screeningBlocksFor(blocks: number): number {
  return Math.max(2, Math.ceil(blocks / 3));
}
