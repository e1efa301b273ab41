import { expect } from 'chai';
import type { ClassArchive } from '../../../../src/model/class-archive.js';
import type { Assignment } from '../../../../src/model/knob.js';
import { submitCommand } from '../../../../src/spark/submit/submit-command.js';
import { madeUpToolchain } from '../../../helpers/made-up-toolchain.js';

function command(knobs: Assignment, archive?: ClassArchive) {
  return submitCommand({
    toolchain: madeUpToolchain({ connectorJars: ['/a.jar', '/b.jar'] }),
    env: {
      PATH: '/bin',
      HOME: '/home/me',
      AWS_SECRET_ACCESS_KEY: 'secret',
      SPARK_CONF_DIR: '/mine',
    },
    knobs,
    files: { scratch: '/scratch' },
    submission: {
      files: [],
      application: ['launcher.py', 'job.py'],
      env: { STREAMTUNE_PROGRESS_FILE: '/p' },
    },
    archive,
  });
}

describe('submitCommand', () => {
  it('gives spark.* as --conf and the master as --master, each in an argument of its own', () => {
    const { file, args } = command({
      'spark.master': 'local[3]',
      'spark.driver.memory': '2g',
      'spark.some.text': 'a "b" $(c) \n=d',
      'spark.unset': null,
      'source.maxOffsetsPerTrigger': 5,
      'topic.partitions': 2,
    });
    expect(file).to.equal('/spark/bin/spark-submit');
    expect(args.slice(0, 2)).to.deep.equal(['--master', 'local[3]']);
    expect(args).to.include('spark.driver.memory=2g');
    expect(args[args.indexOf('spark.some.text=a "b" $(c) \n=d') - 1]).to.equal('--conf');
    expect(args.join(' ')).not.to.match(/unset|maxOffsets|topic/);
    expect(args.slice(-4)).to.deep.equal(['--jars', '/a.jar,/b.jar', 'launcher.py', 'job.py']);
  });

  it('starts with a class archive on the class path that it was made of', () => {
    const archive = {
      id: 'x',
      confFolder: '/a b/conf',
      javaOptions: ['-XX:SharedArchiveFile=/a b/x'],
    };
    const { args, env } = command({}, archive);
    expect(args.slice(-4)).to.deep.equal([
      '--driver-class-path',
      '/a.jar:/b.jar',
      'launcher.py',
      'job.py',
    ]);
    expect(env).to.include({ SPARK_CONF_DIR: '/a b/conf' });
    expect(env['SPARK_SUBMIT_OPTS']).to.contain('"-XX:SharedArchiveFile=/a b/x"');
    expect(env['SPARK_SUBMIT_OPTS']).to.contain('=/scratch/conf/log4j2.properties"');
  });

  it('lets a knob win over what keeps a trial to itself', () => {
    const { args } = command({ 'spark.ui.enabled': true });
    expect(args.filter((argument) => argument.startsWith('spark.ui.enabled='))).to.deep.equal([
      'spark.ui.enabled=true',
    ]);
  });

  it('keeps local trials on the loopback interface, and lets others choose', () => {
    expect(command({}).env).to.include({ SPARK_LOCAL_IP: '127.0.0.1' });
    expect(command({}).args).to.include('spark.driver.bindAddress=127.0.0.1');
    const cluster = command({ 'spark.master': 'spark://host:7077' });
    expect(cluster.env).not.to.have.property('SPARK_LOCAL_IP');
    expect(cluster.args.join(' ')).not.to.contain('bindAddress');
  });

  it("keeps a person's own settings and secrets out of the trial", () => {
    const { env } = command({});
    expect(env).not.to.have.property('AWS_SECRET_ACCESS_KEY');
    expect(env).to.include({
      SPARK_CONF_DIR: '/scratch/conf',
      HOME: '/home/me',
      JAVA_HOME: '/jdk',
      STREAMTUNE_PROGRESS_FILE: '/p',
    });
  });
});
