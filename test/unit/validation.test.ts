import { expect } from 'chai';
import { measureTrial } from '../../src/measure/measure-trial.js';
import { seededRandom } from '../../src/model/seeded-random.js';
import { quietWorld } from '../../src/model/simulation-model.js';
import { simulateBatches } from '../../src/execution/simulated/simulate-batches.js';
import { jobParameters } from '../../src/jobs/template/job-parameters.js';
import { renderJob } from '../../src/jobs/template/render-job.js';
import { withDelay } from '../../validation/spark/delayed-job.js';
import { simulateNight, verdictsOf } from '../../validation/simulated/nights.js';

describe('the planted delay', () => {
  it('is in the sink of the job itself, whose batches are written as before', () => {
    const source = renderJob(jobParameters({ 'job.sink': 'noop' }), {
      ...{ bootstrapServers: 'broker:9092', topic: 'calls', outputTopic: 'none' },
      ...{ checkpoint: '/c', output: '/o', radioCodes: '/r.json' },
    });
    const delayed = withDelay(source, 0.06);
    const added = delayed.split('\n').filter((line) => !source.includes(line));
    expect(added.map((line) => line.trim())).to.deep.equal([
      'def write_late(batch, batch_id):',
      'import time',
      'time.sleep(0.060)',
      'batch.write.format("noop").mode("overwrite").save()',
      '.foreachBatch(write_late)',
    ]);
    expect(delayed).to.match(
      /counts\.writeStream[\s\S]*\.foreachBatch\(write_late\)[\s\S]*\.start\(\)/,
    );
  });

  it('is refused where the job has no such sink', () => {
    expect(() => withDelay('print()', 1)).to.throw('no sink noop');
  });
});

describe('V13: what must not change a result', () => {
  const night = {
    configurations: 3,
    blocks: 6,
    weather: { noise: { ...quietWorld.noise, trial: 0.05 } },
    gains: [0.3, -0.2],
  };

  it('swapping the labels turns every sign and keeps every size', () => {
    const up = simulateNight({ ...night, gains: [0.25, 0] }, 3);
    const verdict = verdictsOf(up).get('c1');
    expect(verdict?.kind).to.equal('better');
    const swapped = {
      ...up,
      plan: {
        ...up.plan,
        configurations: up.plan.configurations
          .filter((one) => one.role !== 'baseline-repeat' && one.id !== 'c2')
          .map((one) => ({
            ...one,
            role: one.role === 'baseline' ? ('candidate' as const) : ('baseline' as const),
          })),
      },
    };
    const straight = {
      ...up,
      plan: {
        ...up.plan,
        configurations: up.plan.configurations.filter(
          (one) => one.role !== 'baseline-repeat' && one.id !== 'c2',
        ),
      },
    };
    const forth = verdictsOf(straight).get('c1');
    const back = verdictsOf(swapped).get('baseline');
    expect([forth?.kind, back?.kind]).to.deep.equal(['better', 'worse']);
    const log = (gain: number) => Math.log(1 + gain);
    expect(log(forth!.estimate!.gain)).to.be.closeTo(-log(back!.estimate!.gain), 1e-12);
    expect(forth!.estimate!.pValue).to.be.closeTo(back!.estimate!.pValue!, 1e-12);
  });

  it('ten times the rows give the same ratios', () => {
    const run = simulateNight(night, 5);
    const larger = {
      ...run,
      trials: run.trials.map((record) => ({
        ...record,
        measurement:
          record.measurement === null
            ? null
            : { ...record.measurement, rowsPerSecond: 10 * record.measurement.rowsPerSecond! },
      })),
    };
    expect([...verdictsOf(run).keys()]).to.include.members(['c1', 'c2']);
    for (const [id, verdict] of verdictsOf(run)) {
      expect(verdictsOf(larger).get(id)?.estimate?.gain).to.be.closeTo(
        verdict.estimate!.gain,
        1e-9,
      );
    }
  });

  it('events in another order give the same throughput', () => {
    const random = seededRandom(9);
    const events = simulateBatches(
      {
        rowsPerSecond: 9_000,
        batches: 25,
        batchRows: 1_000,
        warmup: { depth: 0.3, batches: 4, firstBatch: 4 },
        noise: { sd: 0.2, correlation: 0.5 },
        startedAt: 1_000,
      },
      random,
    );
    const shuffled = [...events].sort(() => random.uniform() - 0.5);
    expect(shuffled).not.to.deep.equal(events);
    expect(measureTrial(shuffled, { warmupSeconds: 1 })).to.deep.equal(
      measureTrial(events, { warmupSeconds: 1 }),
    );
  });
});
