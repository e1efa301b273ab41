/** The p values of one comparison: of the figure that decides, and of the one that is only judged after it. */
export interface GatedPair {
  readonly first: number;
  /** Null if there is nothing to test. */
  readonly second: number | null;
}

/** Which of the two were rejected, and at which level each was tested. */
export interface GatedDecision {
  readonly first: { readonly level: number; readonly rejected: boolean };
  /** Null if the gate stayed shut: the first was not rejected. */
  readonly second: { readonly level: number; readonly rejected: boolean } | null;
}

interface Branch extends GatedPair {
  share: number;
  firstLevel: number | null;
  secondLevel: number | null;
  ended: boolean;
}

/**
 * Tests all comparisons of a report as one family, so that any false rejection among all of them has a chance of at most
 * alpha, whatever is true of the others. Each comparison begins with an equal share of alpha. When its first figure is
 * rejected, the second is tested with the same share; when that is rejected as well, the share goes to the comparisons
 * that are still open, in equal parts. This is the graphical procedure of Bretz, Maurer, Brannath & Posch (Statistics in
 * Medicine 28, 2009), and Holm's when there are no second figures. In input order.
 */
export function gateFamily(pairs: readonly GatedPair[], alpha: number): GatedDecision[] {
  const branches: Branch[] = pairs.map((pair) => ({
    ...pair,
    share: alpha / pairs.length,
    firstLevel: null,
    secondLevel: null,
    ended: false,
  }));
  for (;;) {
    const next = mostConvincing(branches);
    if (next === undefined) return branches.map(decisionOf);
    if (next.firstLevel === null) next.firstLevel = next.share;
    else next.secondLevel = next.share;
    if (next.secondLevel !== null || next.second === null) passOn(next, branches);
  }
}

/** The open test that is rejected with most room; undefined if none is. */
function mostConvincing(branches: readonly Branch[]): Branch | undefined {
  return branches
    .filter((branch) => !branch.ended && pOf(branch) < branch.share)
    .sort((a, b) => pOf(a) / a.share - pOf(b) / b.share)[0];
}

function pOf({ first, second, firstLevel }: Branch): number {
  return firstLevel === null ? first : (second ?? 1);
}

function passOn(branch: Branch, branches: readonly Branch[]): void {
  branch.ended = true;
  const open = branches.filter((one) => !one.ended);
  for (const one of open) one.share += branch.share / open.length;
}

function decisionOf({ share, second, firstLevel, secondLevel }: Branch): GatedDecision {
  if (firstLevel === null) return { first: { level: share, rejected: false }, second: null };
  return {
    first: { level: firstLevel, rejected: true },
    second:
      second === null ? null : { level: secondLevel ?? share, rejected: secondLevel !== null },
  };
}
