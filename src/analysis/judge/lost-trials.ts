import type { Caution, Judgement, Verdict } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import { deservesRetry } from '../../model/trial/outcome.js';
import { baselineSide } from './contrast.js';
import { failuresOf, type TrialIndex } from '../trial-index.js';

/** One lost trial for each time that a side runs in a block is put down to chance. */
const lostByChance = 1;

/**
 * Adds what the reader must know about the trials on which a judgement rests. Where more than one trial of a side was
 * lost because of how it ran (too few batches, a failure, the time limit), those that are left are a choice by speed, and
 * the verdict is inconclusive.
 */
export function withLostTrials(
  table: TrialIndex,
  rests: readonly Configuration[],
  judgement: Judgement,
): Judgement {
  const sides: readonly (readonly ['candidate' | 'baseline', readonly Configuration[]])[] = [
    ...rests.map((one) => ['candidate', [one]] as const),
    ['baseline', baselineSide(table.run)],
  ];
  const losses = sides.flatMap(([side, configurations]): Caution[] => {
    const trials = lostTrials(table, configurations);
    return trials <= lostByChance * configurations.length
      ? []
      : [{ kind: 'lost-trials', side, trials }];
  });
  const notes = rests.flatMap((one) => notesOn(table, one));
  const add = (verdict: Verdict): Verdict => {
    if (losses.length === 0) return { ...verdict, cautions: [...notes, ...verdict.cautions] };
    const kind = verdict.kind === 'not-judged' ? 'not-judged' : 'inconclusive';
    const estimate = verdict.estimate && { ...verdict.estimate, interval: null };
    return { ...verdict, kind, estimate, cautions: [...losses, ...notes, ...verdict.cautions] };
  };
  return { throughput: add(judgement.throughput), latency: add(judgement.latency) };
}

/** Trials that did not count and were not replaced, unless they were stopped on request or hit by a fault of ours. */
function lostTrials({ trialsOf }: TrialIndex, side: readonly Configuration[]): number {
  return side
    .flatMap(({ id }) => failuresOf(trialsOf(id)))
    .filter(({ outcome }) => outcome.kind !== 'canceled' && !deservesRetry(outcome)).length;
}

function notesOn({ trialsOf }: TrialIndex, { id }: Configuration): Caution[] {
  const trials = trialsOf(id);
  const failed = failuresOf(trials).length;
  const limited = trials.filter(({ measurement }) => measurement?.rateLimited === true).length;
  return [
    ...(failed === 0 ? [] : [{ kind: 'failed-trials', trials: failed } as const]),
    ...(limited > trials.length / 2 ? [{ kind: 'rate-limited' } as const] : []),
  ];
}
