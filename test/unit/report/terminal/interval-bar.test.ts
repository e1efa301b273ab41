import { expect } from 'chai';
import { barScale, intervalBar, scaleLabel } from '../../../../src/report/terminal/interval-bar.js';

const of = (gain: number, low?: number, high?: number) => ({
  gain,
  interval: low === undefined || high === undefined ? null : { low, high },
});

describe('the bar of an interval', () => {
  const rows = [of(0, -0.02, 0.02), of(0.08, 0.04, 0.12), of(-0.1, -0.13, -0.07), of(0.01)];
  const scale = barScale(rows, 0.05, 21);
  const bars = rows.map((row) => intervalBar(row, scale));

  it('has no change and ±δ at the same places in each row', () => {
    const zero = intervalBar(of(-0.1), scale).indexOf('│');
    expect(bars.map((bar) => bar.length)).to.deep.equal([21, 21, 21, 21]);
    expect(bars[0]?.[zero]).to.be.oneOf(['●', '┼']);
    expect(bars[1]?.[zero]).to.equal('│');
    expect(bars[2]?.[zero]).to.equal('│');
    expect(bars[3]?.match(/┊/g)).to.have.length(2);
  });

  it('has a line as long as the interval, and only a dot without one', () => {
    expect(bars[1]).to.match(/│.*─+●─+/);
    expect(bars[2]).to.match(/─+●─+ .*┊.*│/);
    expect(bars[3]).to.not.contain('─');
    expect(bars[3]).to.contain('●');
  });

  it('crosses no change only if the interval does', () => {
    expect(intervalBar(of(0.02, -0.05, 0.1), scale)).to.contain('┼');
    expect(intervalBar(of(0.06, 0.02, 0.1), scale)).to.not.contain('┼');
  });

  it('shows what is beyond the scale as an arrow, so that δ stays visible beside a factor of five', () => {
    const wide = barScale([of(4, 3.5, 4.6), of(0.01, -0.03, 0.05)], 0.05, 15);
    expect(intervalBar(of(4, 3.5, 4.6), wide)).to.match(/▶$/);
    const zero = intervalBar(of(4), wide).indexOf('│');
    expect(intervalBar(of(4), wide).indexOf('┊', zero)).to.be.greaterThan(zero);
    expect(intervalBar(of(-0.99, -1, -0.9), wide)).to.match(/^◀/);
    const loss = barScale([of(-0.8, -0.9, -0.7)], 0.05, 15);
    expect(intervalBar(of(-0.8, -0.9, -0.7), loss)).to.match(/^◀.*│/);
  });

  it('names the ends of its scale in its own width', () => {
    const label = scaleLabel(scale);
    expect(label).to.have.length(21);
    expect(label).to.match(/^−13 % +\+12 %$/);
  });
});
