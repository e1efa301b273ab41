import type { Claim } from '../../model/claim.js';
import type { CheckedClaim, ClaimOutcome } from '../../model/detail/checked-claim.js';
import type { VerdictKind } from '../../model/run/comparison.js';
import type { DecisiveFigure } from '../../model/run/conclusion.js';
import type { LevelEffect } from '../../model/run/report-model.js';

/** Holds what others say of settings against the verdicts of a run, which are not tested anew for it. */
export function checkClaims(
  claims: readonly Claim[],
  effects: readonly LevelEffect[],
  figure: DecisiveFigure,
): CheckedClaim[] {
  return claims.map((claim) => {
    const effect = effects.find(({ key, level }) => key === claim.key && level === claim.level);
    const verdict = effect?.[figure] ?? null;
    const outcome = verdict === null ? 'not-told-apart' : outcomes[verdict.kind][claim.direction];
    return { claim, outcome, verdict };
  });
}

const open: Readonly<Record<Claim['direction'], ClaimOutcome>> = {
  faster: 'not-told-apart',
  slower: 'not-told-apart',
  'no-difference': 'not-told-apart',
};

/** A gain that is not worth having may still be one, so it settles nothing. */
const outcomes: Readonly<Record<VerdictKind, typeof open>> = {
  better: { faster: 'confirmed', slower: 'refuted', 'no-difference': 'refuted' },
  worse: { faster: 'refuted', slower: 'confirmed', 'no-difference': 'refuted' },
  equivalent: { faster: 'refuted', slower: 'refuted', 'no-difference': 'confirmed' },
  inert: { faster: 'cannot-act', slower: 'cannot-act', 'no-difference': 'confirmed' },
  'not-worthwhile': open,
  inconclusive: open,
  ineligible: open,
  'not-judged': open,
};
