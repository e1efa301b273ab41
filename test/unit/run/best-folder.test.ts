import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { bestOf, writeBest } from '../../../src/run/ending/write-best.js';
import type { NamedText } from '../../../src/model/stand-alone-job.js';
import { expectError } from '../../helpers/expect-error.js';
import { runRecord, type MadeUp } from '../../helpers/run-record.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const text = `version: 1
name: best
knobs: { spark.master: 'local[2]', source.maxOffsetsPerTrigger: 500 }
factors: { spark.sql.shuffle.partitions: [200, 10] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;
const tenIsBetter: MadeUp = ({ block, configuration: { levels } }) =>
  (levels['spark.sql.shuffle.partitions'] === 10 ? 250 : 500) + 3 * ((block * 7) % 5);
const allTheSame: MadeUp = ({ block, configuration }) =>
  500 + 3 * ((block * 7 + configuration.id.length) % 5);

const filesOf = (experiment: string, madeUp: MadeUp = tenIsBetter) =>
  bestOf(analyseRun(runRecord(experiment, madeUp)));
const textOf = (files: readonly NamedText[], name: string) =>
  files.find((one) => one.name === name)?.text ?? '';

/** What is wrong with the files, according to Bash and Python themselves. */
function syntaxErrors(files: readonly NamedText[]): string[] {
  const compile = 'import sys; compile(sys.stdin.read(), "file", "exec")';
  return files.flatMap(({ name, text: input }) => {
    const [program, args] = name.endsWith('.py') ? ['python3', ['-c', compile]] : ['bash', ['-n']];
    if (!/\.(py|sh)$/.test(name)) return [];
    const { status, stderr } = spawnSync(program, args, { input, encoding: 'utf8' });
    return status === 0 ? [] : [`${name}: ${stderr}`];
  });
}

describe('best/', () => {
  const folder = temporaryFolder();

  it('holds the winner as a whole call: job, settings, and what is the reader’s own', () => {
    const files = filesOf(text);
    expect(files.map(({ name }) => name)).to.deep.equal([
      'spark-defaults.conf',
      'submit.sh',
      'data_stream.py',
    ]);
    expect(textOf(files, 'spark-defaults.conf').trimEnd().split('\n').slice(-2)).to.deep.equal([
      'spark.master                 local[2]',
      'spark.sql.shuffle.partitions 10',
    ]);
    expect(textOf(files, 'data_stream.py')).to.contain('"maxOffsetsPerTrigger": "500"');
    const submit = textOf(files, 'submit.sh');
    expect(submit).to.contain("times the baseline's rows per second");
    expect(submit).to.contain('Yours: the broker (BOOTSTRAP_SERVERS, now localhost:9092)');
    expect(submit).to.contain('org.apache.spark:spark-sql-kafka-0-10_2.13:4.0.0');
    expect(syntaxErrors(files)).to.deep.equal([]);
  });

  it('holds the baseline, and says so, where nothing was found to be better', () => {
    const early = 'Until something is judged to be better';
    for (const [madeUp, why] of [
      [allTheSame, 'So the baseline stands'],
      [() => undefined, early],
    ] as const) {
      const files = filesOf(text, madeUp);
      expect(textOf(files, 'spark-defaults.conf')).to.contain('partitions 200');
      for (const name of ['spark-defaults.conf', 'submit.sh'])
        expect(textOf(files, name)).to.contain(why);
      expect(syntaxErrors(files)).to.deep.equal([]);
    }
  });

  it('leaves a script where it is, and lists what the trials put in place of its values', () => {
    const script = text.replace(
      'knobs:',
      `job: { script: "it's mine.py", args: ['--rate', '\${job.rate}', '\${kafka.topic}'], env: { STAGE: "a b" } }\nknobs:`,
    );
    const files = filesOf(
      script.replace('source.max', "job.rate: 7, trigger.processingTime: '2 seconds', source.max"),
    );
    const submit = textOf(files, 'submit.sh');
    expect(submit).to.match(/^SCRIPT='it'\\''s mine.py'$/m);
    expect(submit).to.contain('"$(basename "$SCRIPT")" --rate 7 my-topic');
    expect(submit).to.contain("export STAGE='a b'");
    const overrides = textOf(files, 'overrides.py');
    expect(overrides).to.contain('SOURCE_OPTIONS = {\n    "maxOffsetsPerTrigger": "500",\n}');
    expect(overrides).to.contain('TRIGGER = {"processingTime": "2 seconds"}');
    expect(overrides).to.contain('"spark.sql.shuffle.partitions": "10"');
    expect(syntaxErrors(files)).to.deep.equal([]);
  });

  it('copies the table that the join reads', () => {
    const files = filesOf(text.replace('source.max', 'job.aggregation: join, source.max'));
    expect(JSON.parse(textOf(files, 'radio_code.json'))).to.be.an('array');
  });

  it('takes values for values, and keeps passwords out', () => {
    const evil = '"; rm -rf / #\\n$(touch x) é';
    const files = filesOf(
      text.replace(
        'source.max',
        `spark.evil: ${JSON.stringify(evil)}, job.window: ${JSON.stringify('1 hour')}, spark.ssl.keyPassword: '\${env:SECRET_WORD}', source.max`,
      ),
    );
    const settings = textOf(files, 'spark-defaults.conf');
    expect(settings).to.contain('"; rm -rf / #\\\\n$(touch x) é');
    expect(settings).to.contain('# spark.ssl.keyPassword holds a password: set it yourself.');
    expect(settings).not.to.contain('SECRET_WORD');
    expect(syntaxErrors(files)).to.deep.equal([]);
  });

  it('is written whole, and refused where a file is in its place', async () => {
    const run = join(folder, 'run');
    mkdirSync(run);
    const files = filesOf(text);
    await writeBest(run, files);
    for (const { name, text: expected } of files)
      expect(readFileSync(join(run, 'best', name), 'utf8')).to.equal(expected);
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'best'), '');
    await expectError(writeBest(taken, files), 'RESULTS_UNWRITABLE');
  });

  it('is for the Spark of the best configuration where that is a factor: a version is no setting', () => {
    const versions = `version: 1
name: versions
factors: { spark.version: [3.5.7, 4.2.0], spark.sql.shuffle.partitions: [8] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;
    const files = filesOf(versions, ({ block, configuration: { levels } }) =>
      levels['spark.version'] === '4.2.0' ? 250 + block : 500 + 3 * block,
    );
    const textOf = (name: string) => files.find((one) => one.name === name)?.text ?? '';
    expect(textOf('submit.sh'))
      .to.contain('--packages org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0')
      .and.to.contain('Measured with Spark 4.2.0');
    expect(textOf('spark-defaults.conf'))
      .to.contain('spark.sql.shuffle.partitions 8')
      .and.not.to.match(/^spark\.version/m);
  });
});
