import type { Claim } from '../claim.js';
import type { Verdict } from '../run/comparison.js';

/** What a run says of a claim. `cannot-act`: the setting is never read here; `not-told-apart`: the run cannot tell. */
export type ClaimOutcome = 'confirmed' | 'refuted' | 'cannot-act' | 'not-told-apart';

export interface CheckedClaim {
  readonly claim: Claim;
  readonly outcome: ClaimOutcome;
  /** On the setting, by the figure that decides the run; null if nothing has it. */
  readonly verdict: Verdict | null;
}
