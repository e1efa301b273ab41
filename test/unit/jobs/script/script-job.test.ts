import { expect } from 'chai';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hardCodedIn } from '../../../../src/jobs/script/hard-coded.js';
import { scriptJob } from '../../../../src/jobs/script/script-job.js';
import { plaintextEndpoint } from '../../../../src/model/kafka-endpoint.js';
import { overridable, type ScriptJob } from '../../../../src/model/experiment.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const job: ScriptJob = {
  kind: 'script',
  script: '/jobs/my job.py',
  args: ['--rate', '${job.rate}', '${kafka.topic}'],
  pyFiles: ['/jobs/a.py', '/jobs/b.zip'],
  env: { BROKERS: '${kafka.bootstrapServers}' },
  override: overridable,
  query: 'by_city',
};
const knobs = {
  'job.rate': 5,
  'source.kafka.sasl.jaas.config': 'x ${env:PASSWORD}',
  'spark.a': '1',
  'spark.b.password': '${env:PASSWORD}',
};

describe('the job of a script', () => {
  const folder = temporaryFolder();
  const files = {
    directory: folder,
    scratch: join(folder, 'scratch'),
    progress: join(folder, 'progress.ndjson'),
    effectiveConf: join(folder, 'effective-conf.json'),
  };
  const configuration = { id: 'baseline', role: 'baseline', levels: {}, knobs } as const;
  const trial = { id: 'b1-t1-baseline', block: 1, configuration };
  const input = {
    endpoint: plaintextEndpoint('127.0.0.1:9092'),
    topic: 'calls',
    records: 100,
    outputTopic: 'counts',
  };

  it('runs in the folder of the script, with its arguments, modules and environment', async () => {
    mkdirSync(files.scratch);
    const measured = scriptJob({ mode: 'drain', warmupSeconds: 1 }, job);
    const { application, directory, env } = await measured.prepare(trial, files, input);
    expect(application.slice(0, 2)).to.deep.equal(['--py-files', '/jobs/a.py,/jobs/b.zip']);
    expect(application.slice(3)).to.deep.equal(['/jobs/my job.py', '--rate', '5', 'calls']);
    expect(directory).to.equal('/jobs');
    expect(env).to.include({ BROKERS: '127.0.0.1:9092', STREAMTUNE_QUERY: 'by_city' });
    expect(env['STREAMTUNE_STOP_AFTER_RECORDS'], 'availableNow ends by itself').to.equal(undefined);
    expect(measured.sources().slice(0, 3)).to.deep.equal([job.script, ...job.pyFiles]);
  });

  it('writes what the trial gives, with passwords as references only', () => {
    const text = readFileSync(join(folder, 'given.json'), 'utf8');
    expect(JSON.parse(text)).to.deep.include({
      override: ['source', 'checkpoint', 'trigger', 'sink', 'conf'],
      source: {
        'kafka.bootstrap.servers': '127.0.0.1:9092',
        subscribe: 'calls',
        startingOffsets: 'earliest',
        'kafka.sasl.jaas.config': 'x ${env:PASSWORD}',
      },
      trigger: ['availableNow', true],
      conf: { 'spark.a': '1' },
      sink: null,
      outputTopic: 'counts',
    });
  });

  it('is stopped by its records where its own trigger decides', async () => {
    const override = ['source', 'checkpoint', 'sink', 'conf'] as const;
    const own = scriptJob({ mode: 'drain', warmupSeconds: 1 }, { ...job, override });
    const { env } = await own.prepare(trial, files, input);
    expect(env).to.include({ STREAMTUNE_STOP_AFTER_RECORDS: '100' });
  });
});

describe('the size of a batch that a script hard-codes', () => {
  for (const [text, found] of [
    ['.option("maxOffsetsPerTrigger", 200)', 200],
    [".option('maxOffsetsPerTrigger', '200')", 200],
    ['{"maxOffsetsPerTrigger": 200}', 200],
    ['.options(maxOffsetsPerTrigger=200)', 200],
    ['.option("maxOffsetsPerTrigger", args.rate)', undefined],
    ['.option("minOffsetsPerTrigger", 200)', undefined],
  ] as const) {
    it(`is ${String(found)} in ${text}`, () => {
      expect(hardCodedIn(text)['source.maxOffsetsPerTrigger']).to.equal(found);
    });
  }
});
