import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { forecast } from '../../../src/design/forecast.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { recordsOfTurn } from '../../../src/design/batches/records-of-turn.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { runRecord } from '../../helpers/run-record.js';

describe('records of a turn', () => {
  function of(text: string, records: number): number | undefined {
    const { experiment, plan } = runRecord(
      `version: 1\nname: turns\nexecutor: session\ndesign: { blocks: 1 }\n${text}`,
      () => undefined,
    );
    const all = trialsOf(plan).map(({ configuration }) => configuration.knobs);
    return recordsOfTurn(experiment, all, records);
  }
  const batches = (rows: string) => `factors: { source.maxOffsetsPerTrigger: [${rows}] }\n`;

  it('are three batches of the configuration with the largest, if enough of them count', () => {
    expect(of(batches('2000, 4000'), 80_000)).to.equal(12_000);
    expect(of(batches('4000'), 800_000)).to.equal(12_000);
    expect(of(batches('10'), 4e9), 'hundreds of millions of batches').to.equal(30);
  });

  it('are none where too few batches count: all but the first, and a last one that is not full', () => {
    expect(of(batches('4000'), 44_000)).to.equal(12_000);
    expect(of(batches('4000'), 40_000)).to.equal(undefined);
    expect(of(batches('4000'), 46_000)).to.equal(12_000);
    expect(of(batches('4000'), 43_000)).to.equal(undefined);
  });

  it('are none where a declared warm-up takes too many, on any machine that is plausible', () => {
    const warmup = (seconds: number) =>
      `${batches('4000')}knobs: { spark.sql.shuffle.partitions: 4 }\nmeasurement: { warmup: ${String(seconds)}s }\n`;
    expect(of(warmup(0), 80_000)).to.equal(12_000);
    expect(of(warmup(3), 800_000)).to.equal(12_000);
    expect(of(warmup(3), 80_000), 'too few batches').to.equal(undefined);
  });

  it('are none where trials cannot stop and go on, or have nothing to take turns with', () => {
    expect(of(batches('4000'), 20_000)).to.equal(undefined);
    expect(of('', 80_000), 'everything in one batch').to.equal(undefined);
    const knobs = 'knobs: { source.maxOffsetsPerTrigger: 4000 }\n';
    expect(of(knobs, 80_000)).to.equal(12_000);
    for (const sink of ['kafka', 'console', 'memory']) {
      expect(of(knobs.replace(' }', `, job.sink: ${sink} }`), 80_000), sink).to.equal(undefined);
    }
    expect(of(`${knobs}measurement: { window: 30s }\n`, 80_000)).to.equal(undefined);
    const first = runRecord(`version: 1\nname: one\n${knobs}`, () => undefined);
    const [baseline] = first.plan.configurations;
    expect(recordsOfTurn(first.experiment, [baseline!.knobs], 80_000)).to.equal(undefined);
  });

  it('are those of a script as well, whatever its sink, if the trial decides what it reads and where', () => {
    const script = (more: string) =>
      `job: { script: test/fixtures/jobs/scripts/by_hour.py${more} }\nknobs: { source.maxOffsetsPerTrigger: 4000, job.sink: kafka }\n`;
    expect(of(script(''), 80_000)).to.equal(12_000);
    expect(of(script(', override: [source, checkpoint, trigger, sink]'), 80_000)).to.equal(12_000);
    for (const left of ['source', 'checkpoint', 'trigger', 'sink']) {
      const taken = ['source', 'checkpoint', 'trigger', 'sink', 'conf'].filter(
        (one) => one !== left,
      );
      const own = script(`, override: [${taken.join(', ')}]`);
      expect(of(own, 80_000), left).to.equal(undefined);
    }
  });

  it('say how many batches of a trial will count', () => {
    const counts = (text: string) => {
      const experiment = parseExperiment({ text: `version: 1\nname: x\n${text}`, file: 'x.yaml' });
      const { configurations } = forecast(planExperiment(experiment), experiment);
      return configurations.map(({ countedBatches }) => countedBatches);
    };
    const text = `data: { records: 80000 }\nknobs: { spark.sql.shuffle.partitions: 4 }\n${batches('4000')}`;
    const [cold] = counts(text);
    const [shared] = counts(`executor: session\n${text}`);
    expect(shared).to.deep.equal({ low: 19, high: 19 });
    const script = 'job: { script: test/fixtures/jobs/scripts/by_hour.py }\n';
    expect(counts(`executor: session\n${script}${text}`)[0]).to.deep.equal(shared);
    expect(counts(`${script}${text}`)[0], 'by itself').to.deep.equal(cold);
    expect(cold?.high).to.be.above(13);
  });
});
