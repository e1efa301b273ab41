import type { Caution, Judgement } from '../../model/run/comparison.js';
import { withoutJudgement } from '../../stats/verdict-of.js';

/** Leaves the estimates, and says why nothing is judged. Ineligible and inert stay: they are not decided by speed. */
export function withoutVerdicts(
  judgements: ReadonlyMap<string, Judgement>,
  why: (name: string) => Caution,
): Map<string, Judgement> {
  return new Map(
    [...judgements].map(([name, judgement]) => [name, withoutVerdict(judgement, why(name))]),
  );
}

function withoutVerdict(judgement: Judgement, why: Caution): Judgement {
  const { kind } = judgement.throughput;
  if (kind === 'inert' || kind === 'ineligible') return judgement;
  return {
    throughput: withoutJudgement(judgement.throughput, why),
    latency: withoutJudgement(judgement.latency, why),
  };
}
