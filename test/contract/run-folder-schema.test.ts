import { expect } from 'chai';
import type {
  FailureCause,
  FailureClass,
  InvalidCause,
  Outcome,
} from '../../src/model/trial/outcome.js';
import { storedProblem } from '../../src/store/stored-schema.js';

/** One of each kind; the compiler sees to it that none is left out. */
const failures: { readonly [kind in FailureCause['kind']]: FailureCause & { kind: kind } } = {
  message: { kind: 'message', text: 'no', stoodStillSeconds: 5 },
  exit: { kind: 'exit', exitCode: null, signal: 'SIGKILL' },
  killed: { kind: 'killed', by: 'kernel' },
  stalled: { kind: 'stalled', limitSeconds: 5 },
  'batch-unfinished': { kind: 'batch-unfinished', limitSeconds: 5 },
  'batch-too-long': { kind: 'batch-too-long', ms: 5, limitSeconds: 5 },
  'disk-reserve': { kind: 'disk-reserve', leftBytes: 5, reserveBytes: 5 },
  'memory-reserve': { kind: 'memory-reserve', leftBytes: 5, jobBytes: 5 },
  'no-executors': {
    ...{ kind: 'no-executors', waitedSeconds: 5 },
    cluster: { workersAlive: 1, holders: [{ name: 'a', cores: 2 }] },
  },
  'executors-gone': { kind: 'executors-gone', lost: 1, host: 'a', why: 'b' },
};
const faults: { readonly [kind in InvalidCause['kind']]: InvalidCause & { kind: kind } } = {
  'few-batches': { kind: 'few-batches', counted: 1, wanted: 2 },
  'missing-batches': { kind: 'missing-batches', after: 1 },
  'repeated-batch': { kind: 'repeated-batch', batchId: 1 },
  'offset-mismatch': { kind: 'offset-mismatch', inputRows: 1, offsetRows: 2 },
  'producer-behind': { kind: 'producer-behind', keptShare: 0.5 },
  'producer-failed': { kind: 'producer-failed', text: 'no' },
  'no-query': { kind: 'no-query', caught: 'AnalysisException: no' },
  'query-elsewhere': { kind: 'query-elsewhere', child: 'python other.py' },
  'ended-early': { kind: 'ended-early' },
  'other-topic': { kind: 'other-topic', topic: 'a', read: ['b'] },
  'several-queries': { kind: 'several-queries', names: ['a', 'b'] },
  'query-unknown': { kind: 'query-unknown', wanted: 'c', names: ['a'] },
  'no-progress-event': { kind: 'no-progress-event' },
  'no-batch-times': { kind: 'no-batch-times' },
  'dropped-events': { kind: 'dropped-events' },
  'setting-differs': { kind: 'setting-differs', key: 'a', asked: 'b', effective: 'c', where: 'd' },
  'tasks-differ': { kind: 'tasks-differ', asked: '1', tasks: 2 },
  'driver-lost': { kind: 'driver-lost' },
  'executors-lost': { kind: 'executors-lost', lost: 1, host: 'a', why: 'b' },
  'fewer-executors': {
    ...{ kind: 'fewer-executors', trial: 'b1-t1-c0', hosts: ['a'] },
    ...{ ran: { executors: 1, cores: 2 }, had: { executors: 2, cores: null } },
  },
  'canary-died': { kind: 'canary-died', exitCode: 1, signal: null, jobWasStopped: true },
  clock: { kind: 'clock', sleptMs: 1, setMs: 2 },
};
const classes: { readonly [kind in FailureClass]: true } = {
  'driver-out-of-memory': true,
  'executor-out-of-memory': true,
  'invalid-value': true,
  'analysis-exception': true,
  'task-failure': true,
  'source-failure': true,
  'disk-full': true,
  'no-progress': true,
  'stuck-batch': true,
  'broker-gone': true,
  'memory-short': true,
  killed: true,
  'module-missing': true,
  'script-error': true,
  'wrong-scala': true,
  'class-missing': true,
  'no-executors': true,
  'executors-lost': true,
  'executors-failed': true,
  'cluster-gone': true,
  unknown: true,
};

const failed = {
  kind: 'failed',
  failureClass: 'unknown',
  cause: failures.killed,
  stderrTail: ['x'],
} as const;
const outcomes: readonly Outcome[] = [
  { kind: 'succeeded' },
  { kind: 'timed-out', limitSeconds: 5 },
  { kind: 'canceled' },
  ...Object.values(failures).map((cause) => ({ ...failed, cause })),
  ...(Object.keys(classes) as FailureClass[]).map((failureClass) => ({ ...failed, failureClass })),
  ...Object.values(faults).map((cause) => ({ kind: 'invalid', cause }) as const),
  { kind: 'invalid', cause: faults.clock, infrastructure: true },
  { kind: 'invalid', cause: faults['few-batches'], insufficient: true },
];

describe("the schema of a run folder's files", () => {
  const stored = (outcome: unknown) => ({
    outcome,
    wallMs: 5.5,
    machine: {
      ...{ load1: null, othersShare: 0.5, stealShare: null, freeDiskBytes: 5 },
      clock: { setMs: 0, sleptMs: 0 },
    },
    offered: {
      ...{ startedAt: 5, ratePerSecond: 5, partitions: 5, dueRecords: 5, sentRecords: 5 },
    },
    executors: {
      gained: [{ id: '0', host: 'a' }],
      lost: [{ id: '0', host: 'a', why: 'b' }],
    },
    evidence: { 'progress.ndjson': 'a'.repeat(64) },
    endedAt: '2026-01-31T20:00:00.000Z',
  });

  for (const outcome of outcomes) {
    const cause = 'cause' in outcome ? ` ${outcome.cause.kind}` : '';
    const sort = outcome.kind === 'failed' ? ` ${outcome.failureClass}` : '';
    it(`takes the outcome ${outcome.kind}${sort}${cause}, and misses each of its parts`, () => {
      expect(storedProblem('outcome', stored(outcome))).to.equal(undefined);
      const optional = ['infrastructure', 'insufficient'];
      for (const key of Object.keys(outcome).filter((one) => !optional.includes(one))) {
        const rest = { ...outcome, [key]: undefined };
        const text = JSON.stringify(stored(rest));
        expect(storedProblem('outcome', JSON.parse(text)), key).to.be.a('string');
      }
      if (!('cause' in outcome)) return;
      for (const key of Object.keys(outcome.cause).filter(
        (one) => !/Seconds$|reserve|^caught$|^where$|^cluster$/.test(one),
      )) {
        const rest = { ...outcome, cause: { ...outcome.cause, [key]: undefined } };
        const text = JSON.stringify(stored(rest));
        expect(storedProblem('outcome', JSON.parse(text)), `cause.${key}`).to.be.a('string');
      }
    });
  }

  it('takes each step of a journal, and no process that would be everybody', () => {
    const line = (event: object) => ({ v: 2, number: 1, at: '2026-01-31T20:00:00.000Z', event });
    const process = { kind: 'process-started', what: 'job', process: { pid: 5, startedAt: 'x' } };
    const events = [
      { kind: 'run-started', manifest: 'a'.repeat(64) },
      { kind: 'run-resumed', differences: ['x'] },
      { kind: 'block-decided', block: 1, launches: [[{ id: 'b1-t1-c1', configuration: 'c1' }]] },
      { kind: 'trial-started', trial: 'b1-t1-c1-retry' },
      process,
      { ...stored({ kind: 'succeeded' }), kind: 'trial-ended', trial: 'b1-t1-aa' },
      { kind: 'run-ended', why: 'out-of-time' },
    ];
    for (const event of events) {
      expect(storedProblem('journalLine', line(event)), event.kind).to.equal(undefined);
      expect(storedProblem('journalLine', line({ kind: event.kind }))).to.be.a('string');
    }
    for (const pid of [-1, 0, 1, 1.5]) {
      const other = { ...process, process: { pid, startedAt: 'x' } };
      expect(storedProblem('journalLine', line(other)), String(pid)).to.be.a('string');
    }
    const outside = line({ kind: 'trial-started', trial: '../../other' });
    expect(storedProblem('journalLine', outside)).to.contain('id of a trial');
  });
});
