import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftOvers } from '../helpers/left-overs.js';
import { startStreamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { underWay } from '../helpers/under-way.js';

const experiment = `version: 1
name: faults
data: { records: 12000 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 500
  spark.sql.shuffle.partitions: 2
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

interface Row {
  readonly trials: readonly { readonly id: string; readonly outcome: string; reason: string }[];
}

describe('a real run whose parts are killed', () => {
  const folder = temporaryFolder();

  it('tries each trial once more on a broker that is started again, and says what happened', async () => {
    const file = join(folder, 'faults.yaml');
    const results = join(folder, 'results');
    writeFileSync(file, experiment);
    const running = startStreamtune(['run', file, '--results', results]);
    const first = await underWay(results, 1);
    process.kill(first.broker, 'SIGKILL');
    const again = await underWay(results, 2);
    expect(again.trial).to.equal(`${first.trial}-retry`);
    expect(again.broker).not.to.equal(first.broker);
    const third = await underWay(results, 3);
    process.kill(third.job, 'SIGKILL');
    const { code, stderr } = await running.ended;
    expect(code, stderr).to.equal(1);
    expect(stderr).to.contain('Starting Kafka again, as it has ended');

    const summary = JSON.parse(readFileSync(join(third.run, 'summary.json'), 'utf8')) as {
      standing: string;
      configurations: Row[];
    };
    expect(summary.standing).to.equal('complete');
    const trials = summary.configurations.flatMap((row) => row.trials);
    const reasonOf = (id: string) => trials.find((trial) => trial.id === id)?.reason;
    expect(reasonOf(first.trial)).to.match(/^broker-gone: The embedded Kafka broker ended/);
    expect(reasonOf(third.trial)).to.equal('killed: somebody killed it (SIGKILL)');
    for (const { trial } of [first, third]) {
      expect(trials.find(({ id }) => id === `${trial}-retry`)?.outcome).to.equal('succeeded');
    }
    expect(trials).to.have.length(4);
    expect(leftOvers(folder)).to.deep.equal([]);
    expect(readdirSync(third.run)).not.to.include.members(['work', 'run.lock']);
  });
});
