import { expect } from 'chai';
import { submitCommand } from '../../../../src/spark/submit/submit-command.js';
import { madeUpToolchain } from '../../../helpers/made-up-toolchain.js';

/** The words for a jar whose driver the cluster runs. */
function command(master: string, knobs: Readonly<Record<string, string>> = {}) {
  const { args, env } = submitCommand({
    toolchain: madeUpToolchain({ connectorJars: ['/c/kafka.jar'] }),
    env: {},
    knobs: { 'spark.master': master, 'spark.submit.deployMode': 'cluster', ...knobs },
    files: { scratch: '/run/scratch', shared: '/mnt/t', driver: '/mnt/t/driver' },
    submission: {
      application: ['/mnt/t/driver/files/a.jar'],
      files: ['/a.jar'],
      env: { RATE: '5', NONE: undefined },
    },
  });
  const settings = args.filter((_, at) => args[at - 1] === '--conf');
  return { args, env, settings, of: (key: string) => settings.find((one) => one.startsWith(key)) };
}

describe('what is handed to spark-submit in cluster deploy mode', () => {
  it('names nothing that only this machine has', () => {
    for (const master of ['spark://a:7077', 'yarn', 'k8s://https://k']) {
      const { args, env, of } = command(master);
      const text = args.join(' ');
      expect(text).not.to.contain('/run/scratch');
      expect(text).not.to.contain('/venv');
      expect(text).not.to.contain('spark.driver.host');
      expect(args.slice(-3)).to.deep.equal([
        '--jars',
        '/mnt/t/driver/files/c/kafka.jar',
        '/mnt/t/driver/files/a.jar',
      ]);
      expect(env).not.to.have.any.keys('SPARK_LOCAL_DIRS', 'TMPDIR');
      expect(of('spark.submit.deployMode')).to.equal('spark.submit.deployMode=cluster');
      expect(of('spark.sql.warehouse.dir')).to.equal('spark.sql.warehouse.dir=/mnt/t/warehouse');
    }
  });

  it('gives the environment and the log to the driver as its cluster manager takes them', () => {
    const log = '-Dlog4j2.configurationFile=file:///mnt/t/driver/files/log4j2.properties';
    const yarn = command('yarn');
    expect(yarn.settings).to.include('spark.yarn.appMasterEnv.RATE=5');
    expect(yarn.settings).to.include('spark.yarn.maxAppAttempts=1');
    expect(yarn.of('spark.yarn.appMasterEnv.NONE')).to.equal(undefined);
    expect(yarn.of('spark.driver.defaultJavaOptions')).to.contain(log);
    const pod = command('k8s://https://k');
    expect(pod.settings).to.include('spark.kubernetes.driverEnv.RATE=5');
    expect(pod.of('spark.driver.defaultJavaOptions')).to.contain(log);
    const standalone = command('spark://a:7077');
    expect(standalone.settings).to.include('spark.standalone.submit.waitAppCompletion=true');
    expect(standalone.env).to.include({ RATE: '5', SPARK_CONF_DIR: '/mnt/t/driver/files' });
    const own = '-Dlog4j2.configurationFile=/run/scratch/conf/log4j2.properties';
    expect(standalone.env['SPARK_SUBMIT_OPTS']).to.contain(own);
  });

  it('lets the options of an experiment win', () => {
    const { settings } = command('spark://a:7077', { 'spark.driver.extraJavaOptions': '-Xss4m' });
    const own = settings.filter((one) => one.startsWith('spark.driver.extraJavaOptions'));
    expect(own).to.deep.equal(['spark.driver.extraJavaOptions=-Xss4m']);
  });
});
