import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startJob } from '../../../../src/execution/submit/start-job.js';
import { jobStops } from '../../../../src/execution/submit/job-stops.js';
import { filesOf } from '../../../../src/execution/trial/trial-files.js';
import { readSecrets } from '../../../../src/process/secrets.js';
import { madeUpToolchain } from '../../../helpers/made-up-toolchain.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { prepareRun } from '../../../../src/run/prepare-run.js';
import { testHost } from '../../../helpers/test-host.js';
import { trialsOf } from '../../../../src/model/trial/plan.js';

/** A driver whose executor is a process beside it, and goes first where both are ended. */
const driver = `
process.on('SIGTERM', () => {
  console.error('11:08:51 ERROR TaskSchedulerImpl: Lost executor 0 on 127.0.0.1: Remote RPC client disassociated');
  process.exit(1);
});
console.error('11:08:41 INFO X: Registered executor Ref(spark-client://Executor) (127.0.0.1:56238) with ID 0,  ResourceProfileId 0');
setInterval(() => undefined, 1_000);
`;

describe('a job on a local-cluster', () => {
  const folder = temporaryFolder();

  it('has lost no executor where it is ended at its time limit', async () => {
    const { host } = testHost();
    const changed = `version: 1\nname: limits\nknobs: { spark.master: 'local-cluster[1,1,1024]' }\nmeasurement: { timeLimit: 2s }\n`;
    const { experiment, plan, job } = await prepareRun('limits.yaml', { host, changed });
    const [trial] = trialsOf(plan);
    const files = filesOf(join(folder, 'trial'));
    mkdirSync(files.directory);
    const { measurement } = experiment;
    const settings = {
      ...{ job, measurement, env: host.env, secrets: await readSecrets([], host.env) },
      environmentOf: () => ({ toolchain: madeUpToolchain({ connectorJars: [] }) }),
      inputOf: () => {
        throw new Error('nobody asks');
      },
    };
    const onProcess = () => undefined;
    const context = { signal: host.signal, directoryOf: () => files.directory, onProcess };
    const command = { file: process.execPath, args: ['-e', driver], env: {} };
    const parts = { settings, trial: trial!, files, context, command, topic: 't', endAfter: {} };
    using stops = jobStops(parts);
    const ended = await startJob({ ...parts, onEvent: () => undefined }, stops);
    expect(ended).to.include({ timedOut: true });
    expect(ended === 'canceled' ? '' : ended.stderr).to.contain('Lost executor 0');
    expect(stops.executors()).to.deep.equal({
      gained: [{ id: '0', host: '127.0.0.1' }],
      lost: [],
    });
    expect(stops.waited()).to.equal(undefined);
  });
});
