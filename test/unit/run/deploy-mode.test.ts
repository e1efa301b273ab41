import { expect } from 'chai';
import type { Experiment } from '../../../src/model/experiment.js';
import { deployModeProblems } from '../../../src/run/findings/deploy-mode-problems.js';

const jar = { kind: 'jar', jar: '/a.jar', args: [], env: {} } as const;
const good = { job: jar, sharedFolder: '/mnt/shared' };

function problems(
  experiment: Partial<Experiment>,
  master: string,
  others: Experiment['knobs'] = {},
): string[] {
  const knobs = { 'spark.master': master, 'spark.submit.deployMode': 'cluster', ...others };
  return deployModeProblems(experiment as Experiment, knobs);
}

describe('cluster deploy mode', () => {
  it('is taken where Spark has it, and the driver can write its progress', () => {
    const { job, ...shared } = good;
    const template = { ...shared, job: { kind: 'template' } } as const;
    expect(problems(good, 'spark://a:7077')).to.deep.equal([]);
    expect(problems({ ...shared, job }, 'yarn')).to.deep.equal([]);
    expect(problems(template, 'yarn')).to.deep.equal([]);
    expect(problems(template, 'k8s://https://k')).to.deep.equal([]);
    expect(problems(template, 'local[2]', { 'spark.submit.deployMode': 'client' })).to.be.empty;
    const mounted = { ...good, sharedFolder: 'file:///mnt/shared' };
    expect(problems(mounted, 'yarn')).to.deep.equal([]);
    const security = { protocol: 'SSL', tls: { ca: '/folder/ca.pem' } } as const;
    const encrypted = { ...good, kafka: { servers: ['broker:9093'], security } };
    expect(problems(encrypted, 'yarn')).to.deep.equal([]);
  });

  it('is refused for everything else, in one sentence each', () => {
    const only = (found: readonly string[]) => {
      expect(found).to.have.length(1);
      return found[0];
    };
    expect(only(problems(good, 'local[2]'))).to.contain('local[2] has no machine but this one');
    const python = { ...good, job: { kind: 'template' } } as const;
    expect(only(problems(python, 'spark://a:7077'))).to.contain('runs jars only, no Python');
    expect(only(problems({ job: jar }, 'yarn'))).to.contain('set spark.sharedFolder');
    const hdfs = { ...good, sharedFolder: 'hdfs://n/streamtune' };
    expect(only(problems(hdfs, 'yarn'))).to.contain('this machine does not mount');
    const password = { 'spark.ssl.keyPassword': '${env:KEY}' };
    expect(only(problems(good, 'yarn', password))).to.contain('${env:KEY}');
    expect(only(problems({ ...good, executor: 'session' }, 'yarn'))).to.contain('`executor`');
    const other = { 'spark.submit.deployMode': 'clusters' };
    expect(only(problems(good, 'yarn', other))).to.contain('client and cluster');
  });
});
