/** The p values of one comparison: of the test that decides, and of those that are only made after it. */
export interface GatedTests {
  readonly first: number;
  readonly then: readonly number[];
}

/** At which level a hypothesis was tested, and whether it was rejected. */
export interface Tested {
  readonly level: number;
  readonly rejected: boolean;
}

export interface GatedDecision {
  readonly first: Tested;
  /** In the order of `then`; null if the gate stayed shut: the first was not rejected. */
  readonly then: readonly Tested[] | null;
}

interface Node {
  readonly p: number;
  share: number;
  rejected: boolean;
}

interface Branch {
  readonly first: Node;
  readonly then: readonly Node[];
}

/**
 * Tests all comparisons of a report as one family, so that any false rejection among all of them has a chance of at most
 * alpha, whatever is true of the others. Each comparison begins with an equal share of alpha. When its first test is
 * rejected, the share goes to those after it, in equal parts; the share of one of these, when rejected, to those beside it
 * that are still open, and after the last of them to the comparisons that are still open. This is the graphical procedure
 * of Bretz, Maurer, Brannath & Posch (Statistics in Medicine 28, 2009), and Holm's where nothing comes after the first
 * tests. In input order.
 */
export function gateFamily(comparisons: readonly GatedTests[], alpha: number): GatedDecision[] {
  const branches: Branch[] = comparisons.map(({ first, then }) => ({
    first: nodeOf(first, alpha / comparisons.length),
    then: then.map((p) => nodeOf(p, 0)),
  }));
  for (;;) {
    const next = mostConvincing(branches.flatMap(openNodes));
    if (next === undefined) return branches.map(decisionOf);
    reject(next, branches);
  }
}

function nodeOf(p: number, share: number): Node {
  return { p, share, rejected: false };
}

/** What a comparison may still reject: its first test, and after it the others. */
function openNodes({ first, then }: Branch): Node[] {
  return first.rejected ? then.filter((node) => !node.rejected) : [first];
}

/** The open test that is rejected with most room; undefined if none is. */
function mostConvincing(open: readonly Node[]): Node | undefined {
  return open.filter(({ p, share }) => p < share).sort((a, b) => a.p / a.share - b.p / b.share)[0];
}

/** The share that led to the rejection stays on record as its level, and its heirs get as much. */
function reject(node: Node, branches: readonly Branch[]): void {
  node.rejected = true;
  const own = branches.find(({ first, then }) => first === node || then.includes(node));
  const beside = own === undefined ? [] : openNodes(own);
  if (beside.length > 0) {
    pass(node.share, beside);
    return;
  }
  const others = branches.map(openNodes).filter((open) => open.length > 0);
  for (const open of others) pass(node.share / others.length, open);
}

function pass(share: number, heirs: readonly Node[]): void {
  for (const heir of heirs) heir.share += share / heirs.length;
}

function decisionOf({ first, then }: Branch): GatedDecision {
  const tested = ({ share, rejected }: Node): Tested => ({ level: share, rejected });
  return { first: tested(first), then: first.rejected ? then.map(tested) : null };
}
