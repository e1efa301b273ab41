import { gateFamily, type GatedTests, type Tested } from './gate-family.js';

/** The p values of one comparison; null where there is nothing to test. */
export interface FamilyTest {
  /** Of the figure that decides. */
  readonly first: number | null;
  /** Of the figure that is only judged where the first was rejected. */
  readonly second: number | null;
  /** The index of the comparison that must be rejected before this one is tested; undefined if it is tested by itself. */
  readonly after: number | undefined;
}

/** What the family decides on one comparison; a test that was not made has no result. */
export interface FamilyDecision {
  readonly first: Tested | undefined;
  readonly second: Tested | undefined;
  /** The level at which the first figure is tested before anything else has been rejected. */
  readonly share: number;
}

/** Decides all comparisons of a report as one family, with an error of alpha for all of them together. In input order. */
export function testFamily(tests: readonly FamilyTest[], alpha: number): FamilyDecision[] {
  const indices = tests.map((_, index) => index);
  const leaders = indices.filter((index) => tests[index]?.after === undefined && isTested(index));
  const followersOf = (leader: number) =>
    indices.filter((index) => tests[index]?.after === leader && isTested(index));
  const gated = gateFamily(
    leaders.map((leader): GatedTests => {
      const followers = followersOf(leader).map((index) => firstOf(index));
      return { first: firstOf(leader), then: [...secondOf(leader), ...followers] };
    }),
    alpha,
  );
  const shareOfLeader = alpha / Math.max(1, leaders.length);
  return tests.map(({ after }, index) => {
    const leader = after ?? index;
    const found = gated[leaders.indexOf(leader)];
    const seconds = secondOf(leader).length;
    if (after === undefined) {
      const second = seconds === 0 ? undefined : found?.then?.[0];
      return { first: found?.first, second, share: shareOfLeader };
    }
    const followers = followersOf(leader);
    const place = followers.indexOf(index);
    return {
      first: place < 0 ? undefined : found?.then?.[seconds + place],
      second: undefined,
      share: shareOfLeader / Math.max(1, seconds + followers.length),
    };
  });

  function isTested(index: number): boolean {
    return (tests[index]?.first ?? null) !== null;
  }
  function firstOf(index: number): number {
    return tests[index]?.first ?? 1;
  }
  function secondOf(index: number): number[] {
    const p = tests[index]?.second ?? null;
    return p === null ? [] : [p];
  }
}
