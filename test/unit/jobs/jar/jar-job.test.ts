import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jarJob } from '../../../../src/jobs/jar/jar-job.js';
import { jarKnobProblems } from '../../../../src/jobs/jar/jar-knob-problems.js';
import { tellSettings } from '../../../../src/jobs/jar/jar-settings.js';
import type { JarJob } from '../../../../src/model/experiment.js';
import { plaintextEndpoint } from '../../../../src/model/kafka-endpoint.js';
import type { Assignment } from '../../../../src/model/knob.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { zipOf } from '../../../helpers/zip.js';

const job: JarJob = {
  ...{ kind: 'jar', jar: '/a/job.jar', mainClass: 'a.Main', env: { RATE: '${job.rate}' } },
  args: ['--topic', '${kafka.topic}', '${trial.checkpoint}', '${source.maxOffsetsPerTrigger}'],
};
const knobs: Assignment = {
  'spark.sql.shuffle.partitions': 4,
  'spark.eventLog.compress': true,
  'spark.sql.ui.retainedExecutions': 5,
  'source.maxOffsetsPerTrigger': 500,
  'job.rate': 5,
  'topic.partitions': 4,
};

describe('a jar', () => {
  const folder = temporaryFolder();
  const filesOf = (name: string) => {
    const directory = join(folder, name);
    mkdirSync(directory);
    return {
      ...{ directory, scratch: join(directory, 'scratch') },
      progress: join(directory, 'progress.ndjson'),
      effectiveConf: join(directory, 'effective-conf.json'),
    };
  };
  const configuration = { id: 'c1', role: 'candidate', levels: {}, knobs } as const;
  const trial = { id: 'b1-t1-c1', block: 1, configuration };
  const input = {
    ...{ endpoint: plaintextEndpoint('localhost:1'), topic: 'in', records: 7, outputTopic: 'out' },
  };

  it('is submitted with its class, its arguments, and an event log in the folder of the trial', async () => {
    const files = filesOf('drain');
    const made = jarJob({ mode: 'drain', windowSeconds: 9, warmupSeconds: 2 }, job);
    const submission = await made.prepare(trial, files, input);
    const checkpoint = join(files.scratch, 'checkpoint');
    expect(submission.application).to.deep.equal([
      '--class',
      'a.Main',
      '/a/job.jar',
      '--topic',
      'in',
      checkpoint,
      '500',
    ]);
    expect(submission.env).to.deep.equal({ RATE: '5' });
    expect(submission.endAfter).to.deep.equal({
      window: { seconds: 9, warmupSeconds: 2, leastBatches: 10 },
      ...{ records: 7, query: undefined },
    });
    expect(submission.conf).to.include({
      'spark.eventLog.enabled': 'true',
      'spark.eventLog.compress': 'false',
      'spark.eventLog.dir': `file://${files.scratch}/event-log`,
      'spark.sql.streaming.checkpointLocation': checkpoint,
    });
    expect(existsSync(join(files.scratch, 'event-log'))).to.equal(true);
  });

  it('is not ended by its records where a producer goes on', async () => {
    const made = jarJob({ mode: { ratePerSecond: 1 }, warmupSeconds: 2 }, job);
    const { endAfter } = await made.prepare(trial, filesOf('offered'), input);
    expect(endAfter?.records).to.equal(undefined);
  });

  it('is compared with what the experiment asks, as far as an event log tells', async () => {
    const files = filesOf('told');
    await jarJob({ mode: 'drain', warmupSeconds: 2 }, job).prepare(trial, files, input);
    await tellSettings(files, {
      'spark.sql.shuffle.partitions': '7',
      'spark.eventLog.compress': 'true',
    });
    const { settings } = JSON.parse(readFileSync(join(files.directory, 'asked.json'), 'utf8')) as {
      settings: { key: string; asked: string; given: string | null }[];
    };
    expect(settings.map(({ key, asked, given }) => [key, asked, given])).to.deep.equal([
      ['spark.sql.shuffle.partitions', '4', '7'],
      ['spark.eventLog.compress', 'true', 'true'],
      ['spark.sql.ui.retainedExecutions', '5', null],
      ['source.maxOffsetsPerTrigger', '500', null],
      ['job.rate', '5', null],
    ]);
  });

  it('takes only knobs that reach it', () => {
    const problems = (some: Assignment) => jarKnobProblems({ ...job, args: [], env: {} }, some);
    expect(jarKnobProblems(job, knobs)).to.deep.equal([]);
    expect(problems({ 'source.minPartitions': 4 })[0]).to.equal(
      'source.minPartitions reaches the jar in no way: hand it over in job.args or job.env, as ${source.minPartitions}.',
    );
    expect(problems({ 'trigger.once': true })[0]).to.contain('reaches the jar in no way');
    expect(problems({ 'job.sink': 'noop' })[0]).to.contain('reaches the jar in no way');
    expect(problems({ 'spark.eventLog.dir': '/tmp' })[0]).to.match(
      /^spark\.eventLog\.dir is streamt/,
    );
    const packed = { 'spark.eventLog.compress': true, 'spark.eventLog.compression.codec': 'lz4' };
    expect(problems(packed)[0]).to.contain('lz4, which holds events back');
    expect(problems({ ...packed, 'spark.eventLog.compression.codec': 'zstd' })).to.deep.equal([]);
    expect(problems({ 'spark.a': '${env:SECRET}' })[0]).to.match(/^spark\.a holds a password/);
    expect(jarKnobProblems(job, {})[0]).to.match(/^\$\{source\.maxOffsets.*has no value/);
  });

  it('is looked into before the first trial', async () => {
    const { signal } = new AbortController();
    const check = (jar: string, mainClass?: string) =>
      jarJob(
        { mode: 'drain', warmupSeconds: 1 },
        { kind: 'jar', jar, args: [], env: {}, ...(mainClass === undefined ? {} : { mainClass }) },
      ).check('python3', signal);
    const jar = join(folder, 'some.jar');
    zipOf(jar, { 'a/b/Main.class': '', 'META-INF/MANIFEST.MF': 'Main-Class: a.b.\n Main\n' });
    expect(await check(jar)).to.deep.equal([]);
    expect(await check(jar, 'a.b.Main')).to.deep.equal([]);
    expect(await check(jar, 'Main')).to.deep.equal([
      `${jar} does not hold the class Main. Did you mean a.b.Main?`,
    ]);
    const silent = join(folder, 'silent.jar');
    zipOf(silent, { 'a/b/Main.class': '' });
    expect((await check(silent))[0]).to.contain('names no main class');
    const text = join(folder, 'text.jar');
    writeFileSync(text, 'no jar');
    expect(await check(text)).to.deep.equal([`${text} is no jar, or is damaged.`]);
    expect(await check(join(folder, 'none.jar'))).to.deep.equal([
      `${folder}/none.jar is not there.`,
    ]);
  });
});
