import { expect } from 'chai';
import { recordsOfTurn } from '../../../src/design/batches/records-of-turn.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { runRecord } from '../../helpers/run-record.js';

describe('records of a turn', () => {
  function of(text: string, records: number): number | undefined {
    const { experiment, plan } = runRecord(
      `version: 1\nname: turns\nexecutor: session\ndesign: { blocks: 1 }\n${text}`,
      () => undefined,
    );
    return recordsOfTurn(experiment, { trials: trialsOf(plan) }, records);
  }
  const batches = (rows: string) => `factors: { source.maxOffsetsPerTrigger: [${rows}] }\n`;

  it('are three batches of the configuration with the largest, if enough of them count', () => {
    expect(of(batches('2000, 4000'), 80_000)).to.equal(12_000);
    expect(of(batches('4000'), 800_000)).to.equal(12_000);
  });

  it('are more where the batches are few: a batch at the start of each turn does not count', () => {
    expect(of(batches('4000'), 68_000)).to.equal(16_000);
    expect(of(batches('4000'), 52_000)).to.equal(undefined);
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
    const launch = { trials: trialsOf(first.plan).slice(0, 1) };
    expect(recordsOfTurn(first.experiment, launch, 80_000)).to.equal(undefined);
  });
});
