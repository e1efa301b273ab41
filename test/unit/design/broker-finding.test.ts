import { expect } from 'chai';
import { hostname } from 'node:os';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { lintExperiment } from '../../../src/run/findings/lint-experiment.js';
import { expectError } from '../../helpers/expect-error.js';
import { smallNight } from '../../helpers/small-night.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('a broker out of reach', () => {
  const folder = temporaryFolder();
  const found = (masters: string, more = '') => {
    const text = `version: 1\nname: far\nfactors: { spark.master: [${masters}] }\n${more}`;
    const experiment = parseExperiment({ text, file: 'test.yaml' });
    const { configurations } = planExperiment(experiment);
    return lintExperiment(experiment, configurations, 30_000).filter(
      ({ rule }) => rule === 'broker-out-of-reach',
    );
  };

  it('is found once, with each master whose executors run elsewhere', () => {
    const [first, ...others] = found('"local[2]", "spark://a:7077", yarn, "k8s://https://k"');
    expect(others).to.deep.equal([]);
    expect(first).to.include({ severity: 'error', key: 'spark.master' });
    expect(first?.levels).to.deep.equal(['spark://a:7077', 'yarn', 'k8s://https://k']);
    expect(first?.instead).to.contain('kafka: { bootstrapServers');
    expect(found('"local[2]", "spark://127.0.0.1:7077,b:7077"')).to.have.length(1);
  });

  it('is shown by plan and lint, and refused by run before anything starts', async () => {
    const night = smallNight(folder, 'factors: { source.minPartitions: [null, 4] }\n');
    const call = async (...args: readonly string[]) => {
      const { host, written } = testHost();
      const code = await runCommandLine([...args, '--master', 'spark://a.example:7077'], host);
      return { code, out: written.out };
    };
    for (const command of ['plan', 'lint']) {
      const { code, out } = await call(command, night);
      expect(code, command).to.equal(2);
      expect(out).to.contain('[broker-out-of-reach]').and.to.contain('which Kafka they read');
    }
    const { message } = await expectError(call('run', night), 'EXPERIMENT_INVALID');
    expect(message).to.contain('spark.master=spark://a.example:7077: Its executors run on other');
  });

  it('is none where all of it is on this machine', () => {
    const masters = [
      ...['local[2]', 'local-cluster[1,1,1024]', 'spark://127.0.0.1:7077', 'spark://localhost:1'],
      `spark://${hostname()}:7077`,
    ];
    expect(found(masters.map((master) => JSON.stringify(master)).join(', '))).to.deep.equal([]);
  });

  it('is none of those that the experiment names itself', () => {
    const kafka = 'kafka: { bootstrapServers: broker:9092 }\n';
    expect(found('"local[2]", "spark://a:7077"', kafka)).to.deep.equal([]);
  });
});
