import { expect } from 'chai';
import { gateFamily } from '../../../src/stats/gate-family.js';
import { testFamily } from '../../../src/stats/test-family.js';

describe('a family with gates', () => {
  it('opens what comes after a rejected test, with its share in equal parts', () => {
    const [one, other] = gateFamily(
      [
        { first: 0.001, then: [0.2, 0.3] },
        { first: 0.03, then: [0.001] },
      ],
      0.05,
    );
    expect(one?.first).to.deep.equal({ level: 0.025, rejected: true });
    expect(one?.then).to.deep.equal([
      { level: 0.0125, rejected: false },
      { level: 0.0125, rejected: false },
    ]);
    expect(other, 'nothing comes back from a branch that is still open').to.deep.equal({
      first: { level: 0.025, rejected: false },
      then: null,
    });
  });

  it('passes the share of a rejected test to those beside it, and on when none is open', () => {
    const [one, other] = gateFamily(
      [
        { first: 0.001, then: [0.011, 0.024] },
        { first: 0.03, then: [] },
      ],
      0.05,
    );
    expect(one?.then?.map(({ rejected }) => rejected)).to.deep.equal([true, true]);
    expect(one?.then?.[1]?.level, '.0125 of its own and as much from beside').to.equal(0.025);
    expect(other?.first).to.deep.equal({ level: 0.05, rejected: true });
  });

  it('tests a follower only after its leader, and nothing second of a follower', () => {
    const tests = (leader: number) =>
      testFamily(
        [
          { first: leader, second: 0.2, after: undefined },
          { first: 0.001, second: 0.001, after: 0 },
          { first: null, second: null, after: 0 },
        ],
        0.05,
      );
    expect(tests(0.01)[1]?.first).to.deep.equal({ level: 0.025, rejected: true });
    expect(tests(0.01)[2]?.first).to.equal(undefined);
    expect(tests(0.06)[1]).to.deep.equal({ first: undefined, second: undefined, share: 0.025 });
  });
});
