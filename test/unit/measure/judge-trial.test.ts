import { expect } from 'chai';
import { judgeTrial } from '../../../src/measure/judge-trial.js';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import type { TrialEvidence } from '../../../src/model/trial/executor.js';
import { whyNotCounted } from '../../../src/report/words/outcome/outcome-text.js';
import { steadyBatches } from '../../helpers/progress.js';

const measurement = measureTrial(steadyBatches(30, 100, 1_000), { warmupSeconds: 1 });
const evidence: Pick<TrialEvidence, 'end' | 'effectiveConf' | 'problems'> = {
  end: { kind: 'ended' },
  effectiveConf: { 'spark.a': '1' },
  problems: [],
};
const whole = { knobs: { 'spark.a': 1 }, evidence, machine: null, measurement };
const progressOf = steadyBatches(3, 10, 100).map(
  (progress) => ({ kind: 'progress', at: 0, progress }) as const,
);
const load = { load1: null, othersShare: null, stealShare: null, freeDiskBytes: null };
const jumped = { ...load, clock: { setMs: -3_600_000, sleptMs: 0 } };

describe('judgeTrial', () => {
  it('counts a trial against which nothing speaks', () => {
    expect(judgeTrial(whole)).to.deep.equal({ kind: 'succeeded' });
  });

  const failed = {
    kind: 'failed',
    failureClass: 'invalid-value',
    cause: { kind: 'exit', exitCode: 1, signal: null },
    stderrTail: [],
  } as const;
  const cases: readonly (readonly [string, Parameters<typeof judgeTrial>[0], object])[] = [
    [
      'what failed has failed, whatever the clock did',
      { ...whole, evidence: { ...evidence, end: failed }, machine: jumped },
      failed,
    ],
    [
      'a clock that was set explains a time-out',
      {
        ...whole,
        evidence: { ...evidence, end: { kind: 'timed-out', limitSeconds: 9 } },
        machine: jumped,
      },
      {
        kind: 'invalid',
        cause: { kind: 'clock', sleptMs: 0, setMs: -3_600_000 },
        infrastructure: true,
      },
    ],
    [
      'a problem beside the job comes before what the job did',
      {
        ...whole,
        evidence: { ...evidence, effectiveConf: null, problems: [{ kind: 'dropped-events' }] },
      },
      { kind: 'invalid', cause: { kind: 'dropped-events' }, infrastructure: true },
    ],
    [
      'a job without a query is none',
      { ...whole, evidence: { ...evidence, effectiveConf: null } },
      { kind: 'invalid', cause: { kind: 'no-query' } },
    ],
    [
      'a job that ran out of time on records of another topic is told which topic that was',
      {
        ...whole,
        evidence: {
          ...{ ...evidence, events: progressOf, topic: 'streamtune-x-p1' },
          end: { kind: 'timed-out', limitSeconds: 9 },
        },
      },
      { kind: 'invalid', cause: { kind: 'other-topic', topic: 'streamtune-x-p1', read: ['t'] } },
    ],
    [
      'a job that read its own topic is one to count',
      { ...whole, evidence: { ...evidence, events: progressOf, topic: 't' } },
      { kind: 'succeeded' },
    ],
    [
      'a setting that the job overrode is another configuration',
      { ...whole, evidence: { ...evidence, effectiveConf: { 'spark.a': '2' } } },
      {
        kind: 'invalid',
        cause: { kind: 'setting-differs', key: 'spark.a', asked: '1', effective: '2' },
      },
    ],
    [
      'a trial without progress says nothing',
      { ...whole, measurement: null },
      { kind: 'invalid', cause: { kind: 'no-progress-event' }, infrastructure: true },
    ],
    [
      'too few batches are no fault of the machine',
      {
        ...whole,
        measurement: {
          ...measurement,
          warnings: [{ kind: 'few-batches', counted: 3, wanted: 10 }],
        },
      },
      {
        kind: 'invalid',
        cause: { kind: 'few-batches', counted: 3, wanted: 10 },
        insufficient: true,
      },
    ],
    [
      'a warning that only has to be known changes nothing',
      {
        ...whole,
        measurement: { ...measurement, warnings: [{ kind: 'dropped-late-rows', rows: 3 }] },
      },
      { kind: 'succeeded' },
    ],
    [
      'batches without a time give no throughput',
      { ...whole, measurement: { ...measurement, rowsPerSecond: null } },
      { kind: 'invalid', cause: { kind: 'no-batch-times' } },
    ],
  ];
  for (const [what, given, expected] of cases) {
    it(`knows that ${what}`, () => {
      const outcome = judgeTrial(given);
      expect(outcome).to.deep.equal(expected);
      if (outcome.kind !== 'succeeded') expect(whyNotCounted(outcome)).to.match(/^\S.{8,}\S$/);
    });
  }
});
