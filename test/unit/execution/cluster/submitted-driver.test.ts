import { expect } from 'chai';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftDrivers } from '../../../../src/execution/cluster/left-drivers.js';
import {
  submittedDriverName,
  watchDriver,
} from '../../../../src/execution/cluster/submitted-driver.js';
import { targetOf } from '../../../../src/model/target.js';
import { fakeSpark } from '../../../helpers/fake-spark.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const app = 'application_17_0003';
const driver = 'driver-20261127001122-0000';
const submitted = {
  yarn: {
    lines: [`14:41:06 INFO Client: Application report for ${app} (state: ACCEPTED)`],
    ends: `org.apache.hadoop.yarn.client.cli.ApplicationCLI application -kill ${app}`,
  },
  'spark://127.0.0.1:7077': {
    lines: [`14:41:06 INFO ClientEndpoint: Driver successfully submitted as ${driver}`],
    ends: `org.apache.spark.deploy.Client kill spark://127.0.0.1:7077 ${driver}`,
  },
  'k8s://https://k:6443': {
    lines: [
      '14:41:06 INFO LoggingPodStatusWatcherImpl: State changed, new state: ',
      '\t pod name: job-1-driver',
      '\t namespace: tuning',
    ],
    ends: 'org.apache.spark.deploy.SparkSubmit --kill tuning:job-1-driver --master k8s://https://k:6443',
  },
};

describe('what a cluster manager runs for a trial', () => {
  const top = temporaryFolder();
  let made = 0;
  /** A spark-class that keeps what it is called with, and a trial's folder. */
  const place = () => {
    const folder = join(top, String((made += 1)));
    const directory = join(folder, 'trials', 'b1-t1-baseline');
    mkdirSync(directory, { recursive: true });
    const toolchain = fakeSpark(folder);
    const called = join(folder, 'called');
    const file = join(toolchain.spark.home, 'bin', 'spark-class');
    writeFileSync(file, `#!/bin/sh\necho "$*" >> '${called}'\nexit 1\n`);
    chmodSync(file, 0o755);
    const calls = () => (existsSync(called) ? readFileSync(called, 'utf8').trim().split('\n') : []);
    return { folder, directory, parts: { toolchain, env: process.env }, calls };
  };

  for (const [master, { lines, ends }] of Object.entries(submitted)) {
    it(`is ended on ${master} by its own means, and nothing else is`, async () => {
      const { directory, parts, calls } = place();
      const watch = watchDriver(targetOf({ 'spark.master': master }), { directory }, parts);
      watch.onLine('14:41:05 WARN Utils: nothing of interest');
      await watch.kill();
      expect(calls()).to.deep.equal([]);
      for (const line of [...lines, lines.join(' ').replace('0003', '0004')]) watch.onLine(line);
      await watch.kill();
      expect(calls()).to.deep.equal([ends]);
    });
  }

  it('is ended by the next start if the one that gave it is killed, and only once', async () => {
    const { folder, directory, parts, calls } = place();
    const { lines, ends } = submitted['spark://127.0.0.1:7077'];
    const target = targetOf({ 'spark.master': 'spark://127.0.0.1:7077' });
    const note = join(directory, submittedDriverName);
    const steps: string[] = [];
    const step = (text: string) => steps.push(text);
    const end = () => endLeftDrivers(join(folder, 'trials'), { ...parts, step });
    const well = watchDriver(target, { directory }, parts);
    lines.forEach(well.onLine);
    well.forget();
    await end();
    expect(calls()).to.deep.equal([]);

    lines.forEach(watchDriver(target, { directory }, parts).onLine);
    expect(existsSync(note)).to.equal(true);
    await end();
    await end();
    expect(calls()).to.deep.equal([ends]);
    expect(steps).to.deep.equal([
      `Ending ${driver} on spark://127.0.0.1:7077, left behind by the crashed run`,
    ]);
    writeFileSync(note, '{"kind":');
    await end();
    await endLeftDrivers(join(folder, 'nothing'), { ...parts, step });
    expect(calls()).to.have.length(1);
  });
});
