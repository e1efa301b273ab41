import { expect } from 'chai';
import { parseCanaryLines, summariseCanary } from '../../../src/measure/canary.js';

const reading = (at: number, cpuMs: number) => ({ at, cpuMs, frozenMs: 10 });

describe('the readings of the canary', () => {
  it('are read from lines, without the torn ones', () => {
    const lines = ['{"at":1,"cpuMs":2.5,"frozenMs":4}', '{"at":2,"cpu', 'null', '{"at":"3"}', ''];
    expect(parseCanaryLines(lines)).to.deep.equal([{ at: 1, cpuMs: 2.5, frozenMs: 4 }]);
  });

  it('count only within the measured time, and by their median', () => {
    const readings = [
      reading(50, 9),
      reading(100, 1),
      reading(150, 3),
      reading(200, 2),
      reading(201, 9),
    ];
    expect(summariseCanary(readings, { from: 100, to: 200 })).to.deep.equal({
      medianCpuMs: 2,
      readings: 3,
      frozenShare: 0.3,
    });
  });

  it('are the mean of the middle two where their number is even', () => {
    const readings = [reading(1, 1), reading(2, 2), reading(3, 4), reading(4, 8)];
    expect(summariseCanary(readings, { from: 0, to: 10 })?.medianCpuMs).to.equal(3);
  });

  it('are none where there is none, rather than zero', () => {
    expect(summariseCanary([], { from: 0, to: 10 })).to.equal(null);
    expect(summariseCanary([reading(1, 0)], { from: 0, to: 10 })).to.equal(null);
  });
});
