import { expect } from 'chai';
import { decide as decideSamples } from '../../../src/stats/decide.js';

const rule = { alpha: 0.05, delta: 0.05 };
const decide = (
  samples: readonly (readonly number[])[],
  by: typeof rule,
  orientation: 'more-is-better' | 'less-is-better',
) =>
  decideSamples(
    samples.map((differences) => ({ differences })),
    by,
    orientation,
  );
/** Differences around a center that add up to none: nothing random. */
const around = (center: number, spread: number, blocks: number) =>
  Array.from({ length: blocks }, (_, index) => center + (index % 2 === 0 ? spread : -spread));
const kinds = (samples: readonly (readonly number[])[]) =>
  decide(samples, rule, 'more-is-better').map((verdict) => verdict.kind);

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
    const [forth] = decide([sample], rule, 'more-is-better');
    const [back] = decide([sample.map((d) => -d)], rule, 'more-is-better');
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
    const [one, none, several] = decide([[2], [], around(1, 0.01, 4)], rule, 'more-is-better');
    expect(one).to.deep.include({ kind: 'inconclusive', cautions: [{ kind: 'one-block' }] });
    expect(none).to.deep.include({
      kind: 'inconclusive',
      cautions: [{ kind: 'no-complete-block' }],
    });
    expect(several?.kind).to.equal('better');
  });

  it('says that a noise of zero is not to be believed', () => {
    const [same, more] = decide(
      [
        [0, 0, 0],
        [0.2, 0.2, 0.2],
      ],
      rule,
      'more-is-better',
    );
    expect(same?.kind).to.equal('equivalent');
    expect(more?.kind).to.equal('better');
    expect(more?.cautions).to.deep.equal([{ kind: 'zero-variance' }]);
    for (const verdict of [same, more])
      expect(JSON.stringify(verdict)).not.to.match(/NaN|null,"high"/);
  });

  it('names a configuration that is much less steady than the others', () => {
    const verdicts = decide(
      [around(0, 0.01, 4), around(0, 0.012, 4), around(0, 0.09, 4)],
      rule,
      'more-is-better',
    );
    expect(
      verdicts.map((verdict) => verdict.cautions.map((caution) => caution.kind)),
    ).to.deep.equal([[], [], ['unstable']]);
  });

  it('keeps a claim whose robust estimate differs by less than the noise explains', () => {
    const sample = [-0.24, -0.65, -0.2, -0.52, -0.4, -0.22, -0.27, -0.32];
    const [verdict] = decide([sample], rule, 'more-is-better');
    expect(verdict?.kind).to.equal('worse');
  });

  it('takes a claim back that one block alone makes', () => {
    const outlier = [...around(0.002, 0.001, 8), 0.9, 0.9, 0.9];
    const [verdict] = decide([outlier], rule, 'more-is-better');
    expect(verdict?.estimate?.pValue).to.be.greaterThan(0.05);
    const skewed = [...Array.from({ length: 9 }, (_, i) => 0.01 + i / 1e4), 0.13];
    const [doubted] = decide([skewed], { alpha: 0.1, delta: 0.01 }, 'more-is-better');
    expect(doubted?.cautions.map((caution) => caution.kind)).to.deep.equal(['robust-disagrees']);
    expect(doubted?.kind).to.equal('inconclusive');
  });
});
