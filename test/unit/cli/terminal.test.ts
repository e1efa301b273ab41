import { expect } from 'chai';
import type { Position } from '../../../src/model/run/run-event.js';
import { terminalObserver } from '../../../src/cli/observers/terminal.js';
import type { Outcome } from '../../../src/model/trial/outcome.js';
import type { Trial } from '../../../src/model/trial/plan.js';

const position: Position = { block: 1, blocks: 2, trialNumber: 3, trials: 6, secondsLeft: 95 };
const trial: Trial = {
  id: 'b1-t3-c1',
  block: 1,
  configuration: {
    id: 'c1',
    role: 'candidate',
    levels: { 'spark.sql.shuffle.partitions': 10 },
    knobs: {},
  },
};

function shown(
  isTTY: boolean,
  columns = 200,
  outcome: Outcome = { kind: 'timed-out', limitSeconds: 60 },
): string {
  let text = '';
  const sink = {
    write: (part: string) => void (text += part),
    writeRaw: (part: string) => void (text += part),
    isTTY,
    columns,
    gone: new AbortController().signal,
  };
  const observer = terminalObserver(sink, { 'spark.sql.shuffle.partitions': 200 });
  observer.notify({ kind: 'step', text: 'Starting Kafka' });
  observer.notify({ kind: 'trial-started', trial, position });
  for (const batches of [1, 12]) {
    observer.notify({ kind: 'trial-progress', trial, position, batches, rowsPerSecond: 1_234.5 });
  }
  const ended = {
    trial,
    outcome,
    wallMs: 61_000,
    measurement: null,
    machine: null,
    offered: null,
  } as const;
  observer.notify({ kind: 'trial-ended', ended, position });
  return text;
}

describe('terminalObserver', () => {
  it('writes a line at the start and the end of a trial where there is no terminal', () => {
    expect(shown(false).split('\n')).to.deep.equal([
      'Starting Kafka',
      'block 1/2  trial 3/6  spark.sql.shuffle.partitions=10  started, about 1m 35s left',
      'block 1/2  trial 3/6  spark.sql.shuffle.partitions=10  timed-out after 1m 01s: did not finish within 60 s',
      '',
    ]);
  });

  it('keeps one line up to date on a terminal: block, configuration, batches, rows/s, time left', () => {
    const lines = shown(true)
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== '');
    expect(lines[3]).to.equal(
      'block 1/2  trial 3/6  spark.sql.shuffle.partitions=10  12 batches  1,235 rows/s so far  about 1m 35s left',
    );
    expect(shown(true).match(/\n/g)).to.have.length(2);
  });

  it('says of a trial that a smaller cluster ran what it lacked', () => {
    const cause = {
      kind: 'fewer-executors',
      ...{ trial: 'b1-t1-c1', hosts: ['worker-b'] },
      ...{ ran: { executors: 1, cores: 2 }, had: { executors: 2, cores: 4 } },
    } as const;
    expect(shown(false, 200, { kind: 'invalid', cause, infrastructure: true })).to.contain(
      'spark.sql.shuffle.partitions=10  invalid after 1m 01s: ran with 1 executor (2 cores), but b1-t1-c1, which asks the cluster for the same, had 2 executors (4 cores); fewer or none on worker-b',
    );
  });

  it('never writes over the edge of a terminal', () => {
    const live = shown(true, 60)
      .split(/[\r\n]/)
      .filter((line) => line.startsWith('block') && !line.includes('timed-out'));
    expect(live).to.have.length(3);
    for (const line of live) expect(line.length).to.be.lessThan(60);
  });
});
