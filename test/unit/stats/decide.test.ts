import { expect } from 'chai';
import { decide as decidePairs } from '../../../src/stats/decide.js';

const rule = { alpha: 0.05, delta: 0.05 };
type Samples = readonly (readonly number[])[];
const figure = (
  samples: Samples,
  orientation: 'more-is-better' | 'less-is-better' = 'more-is-better',
) => ({ samples: samples.map((differences) => ({ differences })), orientation });
/** The first figure alone: there is nothing to test in the second. */
const decide = (samples: Samples, by = rule, orientation?: 'less-is-better') =>
  decidePairs(
    {
      first: figure(samples, orientation),
      second: figure(samples.map(() => [])),
      earlier: samples.map(() => undefined),
    },
    by,
  ).map(({ first }) => first);
/** Differences around a center that add up to none: nothing random. */
const around = (center: number, spread: number, blocks: number) =>
  Array.from({ length: blocks }, (_, index) => center + (index % 2 === 0 ? spread : -spread));
const kinds = (samples: readonly (readonly number[])[]) =>
  decide(samples).map((verdict) => verdict.kind);

describe('decide', () => {
  it('has the four words for the four cases', () => {
    expect(
      kinds([
        around(0.3, 0.02, 6),
        around(-0.3, 0.02, 6),
        around(0, 0.01, 6),
        around(0.05, 0.2, 6),
      ]),
    ).to.deep.equal(['better', 'worse', 'equivalent', 'inconclusive']);
  });

  it('calls less better where that is the aim', () => {
    const [verdict] = decide([around(-0.3, 0.02, 6)], rule, 'less-is-better');
    expect(verdict?.kind).to.equal('better');
  });

  it('turns better into worse when the labels are swapped, and changes no size', () => {
    const sample = [0.2, 0.25, 0.18, 0.21];
    const [forth] = decide([sample]);
    const [back] = decide([sample.map((d) => -d)]);
    expect([forth?.kind, back?.kind]).to.deep.equal(['better', 'worse']);
    expect(Math.log(1 + forth!.estimate!.gain)).to.be.closeTo(
      -Math.log(1 + back!.estimate!.gain),
      1e-12,
    );
    expect(forth?.adjustedP).to.equal(back?.adjustedP);
  });

  it('asks more of each claim the more configurations there are', () => {
    const sample = around(0.1, 0.07, 6);
    expect(kinds([sample])).to.deep.equal(['better']);
    expect(kinds([sample, ...Array.from({ length: 9 }, () => around(0, 0.1, 6))])[0]).to.equal(
      'inconclusive',
    );
  });

  it('claims nothing from one block or from none, and says why', () => {
    const [one, none, several] = decide([[2], [], around(1, 0.01, 4)]);
    expect(one).to.deep.include({ kind: 'inconclusive', cautions: [{ kind: 'one-block' }] });
    expect(none).to.deep.include({
      kind: 'inconclusive',
      cautions: [{ kind: 'no-complete-block' }],
    });
    expect(several?.kind).to.equal('better');
  });

  it('says that a noise of zero is not to be believed', () => {
    const [same, more] = decide([
      [0, 0, 0],
      [0.2, 0.2, 0.2],
    ]);
    expect(same?.kind).to.equal('equivalent');
    expect(more?.kind).to.equal('better');
    expect(more?.cautions).to.deep.equal([{ kind: 'zero-variance' }]);
    for (const verdict of [same, more])
      expect(JSON.stringify(verdict)).not.to.match(/NaN|null,"high"/);
  });

  it('names a configuration that is much less steady than the others', () => {
    const verdicts = decide([around(0, 0.01, 4), around(0, 0.012, 4), around(0, 0.09, 4)]);
    expect(
      verdicts.map((verdict) => verdict.cautions.map((caution) => caution.kind)),
    ).to.deep.equal([[], [], ['unstable']]);
  });

  it('keeps a claim whose robust estimate differs by less than the noise explains', () => {
    const sample = [-0.24, -0.65, -0.2, -0.52, -0.4, -0.22, -0.27, -0.32];
    const [verdict] = decide([sample]);
    expect(verdict?.kind).to.equal('worse');
  });

  it('takes a claim back that one block alone makes', () => {
    const outlier = [...around(0.002, 0.001, 8), 0.9, 0.9, 0.9];
    const [verdict] = decide([outlier]);
    expect(verdict?.estimate?.pValue).to.be.greaterThan(0.05);
    const skewed = [...Array.from({ length: 9 }, (_, i) => 0.01 + i / 1e4), 0.13];
    const [doubted] = decide([skewed], { alpha: 0.1, delta: 0.01 });
    expect(doubted?.cautions.map((caution) => caution.kind)).to.deep.equal(['robust-disagrees']);
    expect(doubted?.kind).to.equal('inconclusive');
  });

  it('shows an interval without zero where it claims, and one with zero where it does not', () => {
    const some = [0.12, 0.09, 0.02, -0.1, 0.05].map((center) => around(center, 0.06, 6));
    for (const { kind, estimate } of decide(some)) {
      const { low, high } = estimate!.interval!;
      expect(low <= 0 && high >= 0, kind).to.equal(kind !== 'better' && kind !== 'worse');
    }
  });

  it('never turns a claim that is taken back into "equivalent", and its interval holds zero', () => {
    const skewed = [...Array.from({ length: 9 }, (_, i) => 0.01 + i / 1e4), 0.013];
    const [doubted] = decide([skewed.with(9, 0.13)], { alpha: 0.1, delta: 0.3 });
    const [kept] = decide([skewed], { alpha: 0.1, delta: 0.3 });
    expect([doubted?.kind, kept?.kind]).to.deep.equal(['better', 'better']);
    const [back] = decide([skewed.with(9, 0.13)], { alpha: 0.1, delta: 0.01 });
    expect(back).to.deep.include({ kind: 'inconclusive' });
    expect(back?.estimate?.interval?.low).to.equal(0);
  });
});

describe('decide, with a smallest gain worth having', () => {
  const worthwhile = { alpha: 0.05, delta: 0.01, worthwhile: 0.1 };

  it('says where the gain is surely smaller, and by how much at most', () => {
    const [small] = decide([around(0.03, 0.04, 6)], worthwhile);
    expect(small?.kind).to.equal('not-worthwhile');
    expect(small?.cautions).to.deep.include({
      kind: 'not-worthwhile',
      atMost: small?.estimate?.bounds?.high,
      worthwhile: 0.1,
    });
    expect(small?.estimate?.bounds?.high).to.be.within(0.03, 0.1);
  });

  it('leaves alone what may be larger, and what is claimed', () => {
    expect(decide([around(0.05, 0.1, 6)], worthwhile)[0]?.kind).to.equal('inconclusive');
    expect(decide([around(0.05, 0.01, 6)], worthwhile)[0]?.kind).to.equal('better');
  });

  it('bounds the change for the better, also where less is better', () => {
    const [small] = decide([around(-0.03, 0.04, 6)], worthwhile, 'less-is-better');
    expect(small?.kind).to.equal('not-worthwhile');
    const [more] = decide([around(0.03, 0.04, 6)], worthwhile, 'less-is-better');
    expect(more?.kind).to.equal('not-worthwhile');
  });
});

describe('decide, with a second figure', () => {
  const clear = around(0.3, 0.02, 6);
  const nothing = around(0.02, 0.2, 6);
  const both = (first: Samples, second: Samples, earlier = first.map(() => undefined)) =>
    decidePairs({ first: figure(first), second: figure(second, 'less-is-better'), earlier }, rule);

  it('judges it only where the first is better or worse', () => {
    const [opened, shut] = both([clear, nothing], [clear, clear]);
    expect(opened?.second.kind).to.equal('worse');
    expect(shut?.second).to.deep.include({ kind: 'not-judged', adjustedP: null });
    expect(shut?.second.cautions).to.deep.equal([{ kind: 'gate-shut' }]);
    expect(shut?.second.estimate?.interval).to.equal(null);
    expect(shut?.second.estimate?.gain).to.be.closeTo(Math.exp(0.3) - 1, 1e-9);
  });

  it('leaves a decision of an earlier look alone, and counts it as made', () => {
    const [before] = both([clear], [clear]);
    const sample = around(0.1, 0.08, 6);
    const [, alone] = both([nothing, sample], [nothing, sample]);
    const [kept, after] = decidePairs(
      {
        first: figure([nothing, sample]),
        second: figure([nothing, sample]),
        earlier: [before, undefined],
      },
      rule,
    );
    expect(kept).to.equal(before);
    expect(alone?.first.kind).to.equal('inconclusive');
    expect(after?.first.kind, 'tested with the share of the other as well').to.equal('better');
  });
});
