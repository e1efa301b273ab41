import { expect } from 'chai';
import { smallerTrials } from '../../../src/analysis/smaller-trials.js';
import { allocationOf, fewerExecutors } from '../../../src/measure/faults/fewer-executors.js';
import { judgeTrial } from '../../../src/measure/judge-trial.js';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import type { ExecutorsSeen } from '../../../src/model/executors-seen.js';
import type { Assignment } from '../../../src/model/knob.js';
import type { EndedTrial } from '../../../src/model/trial/ended-trial.js';
import type { Outcome } from '../../../src/model/trial/outcome.js';
import { whyNotCounted } from '../../../src/report/words/outcome/outcome-text.js';
import { steadyBatches } from '../../helpers/progress.js';

const master = { 'spark.master': 'spark://a:7077' };
const measurement = measureTrial(steadyBatches(30, 100, 1_000), { warmupSeconds: 1 });

/** `a2 b2`: an executor of two cores on each of two hosts. */
function seen(text: string): ExecutorsSeen {
  const gained = text.split(' ').map((one, index) => {
    const cores = Number(one.slice(1));
    const executor = { id: String(index), host: one.slice(0, 1) };
    return one.length === 1 ? executor : { ...executor, cores };
  });
  return { gained, lost: [] };
}

function trial(
  id: string,
  text: string,
  { knobs = master, outcome = { kind: 'succeeded' } }: Partial<Given> = {},
): EndedTrial {
  const configuration = { id, role: 'candidate', levels: {}, knobs } as const;
  const nothing = { machine: null, offered: null, wallMs: 1, measurement: null };
  return { ...nothing, trial: { id, block: 1, configuration }, outcome, executors: seen(text) };
}

interface Given {
  readonly knobs: Assignment;
  readonly outcome: Outcome;
}

function judged(text: string, earlier: readonly EndedTrial[], knobs: Assignment = master): Outcome {
  return judgeTrial({
    ...{ knobs, machine: null, measurement, earlier },
    evidence: { end: { kind: 'ended' }, effectiveConf: {}, problems: [], executors: seen(text) },
  });
}

describe('a trial on a cluster that has shrunk', () => {
  it('does not count, and is worth a retry', () => {
    const outcome = judged('a2', [trial('b1-t1-c0', 'a2 b2')]);
    expect(outcome).to.deep.equal({
      kind: 'invalid',
      cause: {
        kind: 'fewer-executors',
        ran: { executors: 1, cores: 2 },
        had: { executors: 2, cores: 4 },
        ...{ trial: 'b1-t1-c0', hosts: ['b'] },
      },
      infrastructure: true,
    });
    expect(whyNotCounted(outcome)).to.equal(
      'ran with 1 executor (2 cores), but b1-t1-c0, which asks the cluster for the same, had 2 executors (4 cores); fewer or none on b',
    );
  });

  it('is found by the cores, too, and by executors alone where those are not told', () => {
    expect(judged('a1 b2', [trial('t', 'a2 b2')]).kind).to.equal('invalid');
    expect(judged('a', [trial('t', 'a b')]).kind).to.equal('invalid');
    // As many cores on one worker: half the heaps.
    expect(judged('a2', [trial('t', 'a1 b1')]).kind).to.equal('invalid');
  });

  it('is also one whose executors came when batches that may count had ended', () => {
    const late = (afterBatches: number) => {
      const { gained } = seen('a2 b2');
      const [first, second] = gained;
      return { gained: [first!, { ...second!, afterBatches }], lost: [] };
    };
    const of = (executors: ExecutorsSeen) =>
      fewerExecutors(master, executors, [trial('t', 'a2 b2')])?.ran;
    expect(of(late(3))).to.equal(undefined);
    expect(of(late(4))).to.deep.equal({ executors: 1, cores: 2 });
  });

  it('counts with as much as before, or more, wherever that is', () => {
    expect(judged('b2 c2', [trial('t', 'a2 b2')]).kind).to.equal('succeeded');
    expect(judged('a2 b2 c2', [trial('t', 'a2 b2')]).kind).to.equal('succeeded');
    expect(judged('a2', []).kind).to.equal('succeeded');
  });

  it('is held against counted trials that ask for the same, whatever else they vary', () => {
    const other = { ...master, 'spark.sql.shuffle.partitions': 7, 'source.minPartitions': 3 };
    expect(judged('a2', [trial('t', 'a2 b2', { knobs: other })]).kind).to.equal('invalid');
    const more = { ...master, 'spark.cores.max': 4 };
    expect(judged('a2', [trial('t', 'a2 b2', { knobs: more })]).kind).to.equal('succeeded');
    const canceled = { kind: 'canceled' } as const;
    expect(judged('a2', [trial('t', 'a2 b2', { outcome: canceled })]).kind).to.equal('succeeded');
  });

  it('is not known where Spark itself changes how many executors there are', () => {
    const dynamic = { ...master, 'spark.dynamicAllocation.enabled': true };
    expect(allocationOf(dynamic)).to.equal(undefined);
    expect(judged('a2', [trial('t', 'a2 b2', { knobs: dynamic })], dynamic).kind).to.equal(
      'succeeded',
    );
  });
});

describe('the trials that count with less than a later one', () => {
  it('are named with what they had', () => {
    expect(
      smallerTrials([trial('t1', 'a2'), trial('t2', 'a2 b2'), trial('t3', 'a2 b2')]),
    ).to.deep.equal([
      {
        ...{ trial: 't1', hosts: ['b'] },
        ...{ ran: { executors: 1, cores: 2 }, had: { executors: 2, cores: 4 } },
      },
    ]);
  });

  it('are none where all that ask for the same had it', () => {
    const more = { ...master, 'spark.cores.max': 4 };
    const { executors: _executors, ...local } = trial('t4', 'a1');
    expect(
      smallerTrials([
        trial('t1', 'a2'),
        trial('t2', 'b2'),
        trial('t3', 'a2 b2', { knobs: more }),
        local,
      ]),
    ).to.deep.equal([]);
  });
});
