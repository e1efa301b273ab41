import { expect } from 'chai';
import { liveLine } from '../../../src/cli/observers/live-line.js';
import { spinner } from '../../../src/cli/observers/spinner.js';
import { terminalObserver } from '../../../src/cli/observers/terminal.js';
import { loadRate } from '../../../src/execution/records/load-rate.js';
import { heldTimers } from '../../helpers/held-timers.js';

function screen(isTTY: boolean) {
  const shown = { text: '' };
  const write = (part: string) => void (shown.text += part);
  const sink = {
    ...{ write, writeRaw: write, isTTY, columns: 80 },
    gone: new AbortController().signal,
  };
  return { shown, sink };
}

/** What each write over the live line left on the screen. */
const lines = (text: string) => text.split(/[\r\n]+/).filter((line) => line.trim() !== '');

describe('a step that takes long', () => {
  it('turns on a terminal, and says how long it has taken and what is left', () => {
    using timers = heldTimers();
    const { shown, sink } = screen(true);
    let now = 0;
    const turning = spinner(liveLine(sink), { isTTY: true, now: () => now });
    turning.start('Spark 4.0.0 from PyPI', () => 'about 20s left');
    for (; now < 3_000; now += 250) timers.advance(250);
    expect(lines(shown.text).at(-1)).to.match(
      /^[|/\\-] Spark 4\.0\.0 from PyPI {2}3s so far, about 20s left$/,
    );
    const before = shown.text;
    turning.stop();
    timers.advance(10_000);
    expect(shown.text).to.equal(before);
  });

  it('shows nothing before a second, and nothing at all without a terminal', () => {
    using timers = heldTimers();
    for (const isTTY of [true, false]) {
      const { shown, sink } = screen(isTTY);
      let now = 0;
      const turning = spinner(liveLine(sink), { isTTY, now: () => now });
      turning.start('Starting Kafka');
      for (; now < (isTTY ? 750 : 5_000); now += 250) timers.advance(250);
      expect(shown.text).to.equal('');
      turning.stop();
    }
  });

  it('leaves a clean line for what follows, in a run', async () => {
    using timers = heldTimers();
    const { shown, sink } = screen(true);
    let now = 0;
    const observer = terminalObserver(sink, {}, () => now);
    observer.notify({ kind: 'step', text: 'Starting Kafka' });
    for (; now < 2_000; now += 250) timers.advance(250);
    expect(lines(shown.text).at(-1)).to.contain('Starting Kafka  2s so far');
    observer.notify({ kind: 'step', text: 'Loading 80,000 records' });
    expect(shown.text).to.match(/\r +\rLoading 80,000 records\n$/);
    for (; now < 4_000; now += 250) timers.advance(250);
    await observer[Symbol.asyncDispose]();
    expect(shown.text).to.match(/\r +\r$/);
    const before = shown.text;
    timers.advance(10_000);
    expect(shown.text).to.equal(before);
  });

  it('says how far the loading of records is, within 80 columns', async () => {
    using timers = heldTimers();
    const { shown, sink } = screen(true);
    let now = 0;
    const rate = loadRate({ wanted: 120_000, now: () => now });
    const observer = terminalObserver(sink, {}, () => now);
    const text = 'Loading topic streamtune-818b35cd-6c87c67f2260-p12 (12 partitions)';
    observer.notify({ kind: 'step', text, rest: rate.text });
    for (; now < 3_000; now += 250) {
      rate.onProgress(16 * now);
      timers.advance(250);
    }
    expect(lines(shown.text).at(-1)).to.match(
      /^[|/\\-] Loading topic {2}3s so far, 44,000 of 120,000 records, 16,000\/s, about 5 s left$/,
    );
    expect(loadRate({ wanted: undefined, now: () => 0 }).text()).to.equal('0 records, 0/s');
    await observer[Symbol.asyncDispose]();
  });
});
