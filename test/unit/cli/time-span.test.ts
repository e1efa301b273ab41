import { expect } from 'chai';
import { deadlineOf, nextTime, parseSpan } from '../../../src/cli/time-span.js';
import { endOf } from '../../../src/model/run/deadline.js';
import { HarnessError } from '../../../src/model/harness-error.js';

describe('spans of time', () => {
  it('are read in hours, minutes and seconds', () => {
    expect(parseSpan('8h', '--budget')).to.equal(8 * 3_600_000);
    expect(parseSpan('1h30m', '--budget')).to.equal(5_400_000);
    expect(parseSpan('1.5h', '--budget')).to.equal(5_400_000);
    expect(parseSpan(' 45s ', '--budget')).to.equal(45_000);
  });

  for (const wrong of ['', '8', '8 hours', '0h', '-1h', 'h', '1m1h']) {
    it(`are refused as ${JSON.stringify(wrong)}`, () => {
      expect(() => parseSpan(wrong, '--budget')).to.throw(HarnessError, 'not a span of time');
    });
  }
});

describe('times of day', () => {
  const evening = new Date(2026, 0, 31, 22, 30).getTime();

  it('are the next ones that come', () => {
    expect(nextTime('07:00', '--until', evening)).to.equal(new Date(2026, 1, 1, 7, 0).getTime());
    expect(nextTime('23:15', '--until', evening)).to.equal(new Date(2026, 0, 31, 23, 15).getTime());
  });

  for (const wrong of ['7', '24:00', '07:60', 'noon']) {
    it(`are refused as ${JSON.stringify(wrong)}`, () => {
      expect(() => nextTime(wrong, '--until', evening)).to.throw(HarnessError, 'not a time of day');
    });
  }

  it('and spans end a run at the earlier of both, the span by a clock that is not set meanwhile', () => {
    const hour = 3_600_000;
    const morning = new Date(2026, 1, 1, 7, 0).getTime();
    const short = deadlineOf({ budget: '1h', until: '07:00' }, evening);
    expect(endOf(short)).to.equal(evening + hour);
    expect(endOf(short, -2 * hour)).to.equal(evening - hour);
    expect(endOf(short, 20 * hour)).to.equal(morning);
    expect(endOf(deadlineOf({ budget: '20h', until: '07:00' }, evening))).to.equal(morning);
    expect(endOf(deadlineOf({}, evening))).to.equal(Infinity);
  });
});
