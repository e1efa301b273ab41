import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { overridable } from '../../src/model/experiment.js';
import type { AskedSetting, ScriptRecord } from '../../src/model/trial/script-record.js';
import { projectPath } from '../../src/process/project-paths.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** Patches a PySpark that only keeps its calls, and runs the script; a real Spark runs others in the long tests. */
const program = `
import json, runpy, sys
import pyspark
from asked_settings import AskedSettings
from conf_override import patch_conf, settle_session
from kafka_override import patch_reader
from script_run import TrialValues
from sink_override import patch_writer

class Secrets:
    def resolved(self, text):
        return text.replace("\${env:PASSWORD}", "open sesame")

script, file = sys.argv[1:]
given = json.load(open(file))
record = AskedSettings(given["record"], script, str)
trial = TrialValues(given, Secrets())
patch_conf(trial, record)
patch_reader(trial, record)
patch_writer(trial, record, lambda session: settle_session(session, trial, record) or True)
runpy.run_path(script, run_name="__main__")
record.write()
print("\\n".join(pyspark.calls))
`;

describe('what a trial puts in place of what a script hard-codes', () => {
  const folder = temporaryFolder();
  const script = join(folder, 'job.py');
  const given = {
    override: overridable as readonly string[],
    source: {
      'kafka.bootstrap.servers': '127.0.0.1:9092',
      subscribe: 'trial-topic',
      startingOffsets: 'earliest',
      maxOffsetsPerTrigger: '500',
      'kafka.sasl.jaas.config': 'x ${env:PASSWORD}',
    },
    ...{ trigger: ['availableNow', true], conf: { 'spark.a': 'trial', 'spark.sql.b': '2' } },
    ...{ sink: null as string | null, servers: '127.0.0.1:9092', kafka: {}, outputTopic: 'counts' },
    ...{ checkpoint: '/scratch/checkpoint', output: '/scratch/output' },
    record: join(folder, 'asked.json'),
  };

  /** The calls that reach PySpark, and what was noted: asked and given, by key. */
  function run(source: string, changes: Partial<typeof given> = {}) {
    writeFileSync(script, `from pyspark.sql import SparkSession\n${source}`);
    const file = join(folder, 'given.json');
    writeFileSync(file, JSON.stringify({ ...given, ...changes }));
    const PYTHONPATH = ['spark-jobs', 'test/fixtures/pyspark'].map(projectPath).join(delimiter);
    const env = { ...process.env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
    const ended = spawnSync('python3', ['-c', program, script, file], { env, encoding: 'utf8' });
    expect(ended.status, ended.stderr).to.equal(0);
    const { settings } = JSON.parse(readFileSync(given.record, 'utf8')) as ScriptRecord;
    const of = (key: string) => settings.filter((one) => one.key === key).map(asked);
    return { calls: ended.stdout.trim().split('\n'), of };
  }
  const asked = ({ asked: own, given: got, where }: AskedSetting) => [own, got, where];
  const session = 'spark = SparkSession.Builder().getOrCreate()\n';
  const topic = 'df = spark.readStream.format("kafka").option("subscribe", "mine").load()\n';

  it('is the source, whatever the case of its options; what names another cluster is left out', () => {
    const { calls, of } = run(`${session}df = (spark.readStream.format("kafka")
  .option("assign", "{}").options(MAXoffsetspertrigger=200, failOnDataLoss="false")
  .option("kafka.sasl.jaas.config", "password of mine").load())`);
    expect(calls.filter((call) => call.startsWith('read.option'))).to.deep.equal([
      'read.option failOnDataLoss=false',
      'read.option kafka.bootstrap.servers=127.0.0.1:9092',
      'read.option subscribe=trial-topic',
      'read.option startingOffsets=earliest',
      'read.option maxOffsetsPerTrigger=500',
      'read.option kafka.sasl.jaas.config=x open sesame',
    ]);
    expect(of('source.assign')).to.deep.equal([['{}', null, 'job.py:4']]);
    expect(of('source.maxOffsetsPerTrigger')).to.deep.equal([['200', '500', 'job.py:4']]);
    expect(of('source.failOnDataLoss')).to.deep.equal([['false', 'false', 'job.py:4']]);
    expect(of('source.subscribe')).to.deep.equal([[null, 'trial-topic', null]]);
    expect(of('source.kafka.sasl.jaas.config')).to.deep.equal([
      ['***', 'x ${env:PASSWORD}', 'job.py:5'],
    ]);
  });

  it('leaves sources of other kinds alone', () => {
    const { calls } = run(`${session}spark.readStream.load(format="rate", rowsPerSecond=5)
spark.readStream.option("multiLine", True).json("/in")`);
    expect(calls.filter((call) => /^(read|load|json)/.test(call))).to.deep.equal([
      'read.format rate',
      'read.option rowsPerSecond=5',
      'load None',
      'read.option multiLine=True',
      'json /in',
    ]);
  });

  it('is the trigger, and a fresh checkpoint for each query', () => {
    const { calls, of } = run(`${session}${topic}
df.writeStream.format("console").trigger(processingTime="30 seconds").start()
df.writeStream.foreachBatch(print).start(checkpointLocation="/mine", queryName="two")`);
    expect(calls.filter((call) => /trigger|checkpoint/.test(call))).to.deep.equal([
      'write.trigger availableNow=True',
      'write.option checkpointLocation=/scratch/checkpoint/query-1',
      'write.trigger availableNow=True',
      'write.option checkpointLocation=/scratch/checkpoint/two',
    ]);
    expect(of('trigger.processingTime')).to.deep.equal([['30 seconds', null, 'job.py:5']]);
    expect(of('job.sink').map(([own]) => own)).to.deep.equal(['console', 'foreachBatch']);
  });

  it('is the place of files, and the sink where the experiment names one', () => {
    const source = `${session}${topic}df.writeStream.start("/data", format="parquet")`;
    const own = run(source);
    expect(own.calls).to.include('write.option path=/scratch/output/query-1');
    expect(own.of('sink.path')).to.deep.equal([['/data', '/scratch/output/query-1', 'job.py:4']]);
    const other = run(source, { sink: 'noop' });
    expect(other.calls.filter((call) => call.startsWith('write.format')).at(-1)).to.equal(
      'write.format noop',
    );
    expect(other.of('job.sink')).to.deep.equal([['parquet', 'noop', 'job.py:4']]);
  });

  it('is the settings of Spark, on each of their ways', () => {
    const { calls, of } = run(`from pyspark import SparkConf, SparkContext
from pyspark.sql.conf import RuntimeConfig
builder = SparkSession.Builder().config("spark.a", "mine").config("spark.c", True)
spark = builder.config("spark.master", "spark://mine:7077").getOrCreate()
RuntimeConfig(spark._jsparkSession.conf()).set("spark.sql.b", 9)
SparkContext(conf=SparkConf().set("spark.a", "again"))
${topic}spark._jsparkSession.conf().set("spark.sql.b", "by SQL")
df.writeStream.format("noop").start()
print(spark._jsparkSession.conf().get("spark.sql.b"))`);
    expect(calls[0], 'printed by the script').to.equal('2');
    expect(calls[1]).to.equal("options [('spark.a', 'trial'), ('spark.c', True)]");
    expect(calls.filter((call) => call.startsWith('context')).join('\n')).not.to.contain('again');
    expect(of('spark.a').map(([own, got]) => [own, got])).to.deep.equal([
      ['mine', 'trial'],
      ['again', 'trial'],
    ]);
    expect(of('spark.c')).to.deep.equal([['true', 'true', 'job.py:5']]);
    expect(of('spark.master')).to.deep.equal([['spark://mine:7077', null, 'job.py:5']]);
    expect(of('spark.sql.b').map(([own]) => own)).to.deep.equal(['9', 'by SQL']);
  });

  it('is nothing that the experiment does not allow', () => {
    const { calls, of } = run(
      `spark = SparkSession.Builder().config("spark.a", "mine").getOrCreate()
${topic}df.writeStream.format("console").trigger(once=True).option("checkpointLocation", "/mine").start()`,
      { override: [] },
    );
    expect(calls).to.include.members([
      "options [('spark.a', 'mine')]",
      'read.option subscribe=mine',
      'write.trigger once=True',
      'write.option checkpointLocation=/mine',
    ]);
    expect(calls.join('\n')).not.to.contain('127.0.0.1');
    expect(of('source.subscribe')).to.deep.equal([['mine', 'mine', 'job.py:3']]);
    expect(of('trigger.once')).to.deep.equal([['True', 'True', 'job.py:4']]);
  });
});
