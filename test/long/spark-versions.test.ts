import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realToolchain } from '../helpers/real-broker.js';
import { readSummary } from '../helpers/small-night.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const sections = `version: 1
name: versions
data: { kind: generated, records: 15000, seed: 7 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 1000
  job.sink: noop
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

const partitions = 'spark.sql.shuffle.partitions: [2]';

describe('streamtune run, with several versions of Spark', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const results = join(folder, 'results');

  /** Runs an experiment, and returns its folder. */
  async function run(name: string, more: string): Promise<string> {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, `${sections}${more}`);
    const { code, stderr } = await streamtune(['run', file, '--results', join(results, name)]);
    expect(code, stderr).to.equal(0);
    return join(results, name, readdirSync(join(results, name))[0]!);
  }
  const read = (run: string, ...path: readonly string[]) =>
    readFileSync(join(run, ...path), 'utf8');

  it('runs each configuration on its own Spark, and says what each of them is', async () => {
    const path = await run(
      'side-by-side',
      `factors: { spark.version: [3.5.7, 4.0.0, 4.2.0], ${partitions} }\n`,
    );
    const { trials } = readSummary(path);
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(Array(4).fill('succeeded'));
    for (const { id } of trials) {
      const { trial, command } = JSON.parse(read(path, 'trials', id, 'request.json')) as {
        trial: { configuration: { knobs: Record<string, string> } };
        command: { file: string; args: string[] };
      };
      const version = trial.configuration.knobs['spark.version']!;
      const toolchain = await realToolchain(version);
      const ran = JSON.parse(read(path, 'trials', id, 'effective-conf.json')) as object;
      expect(ran).to.include({ sparkVersion: version });
      expect(command.file).to.equal(join(toolchain.spark.home, 'bin', 'spark-submit'));
      expect(command.args.join(' ')).to.contain(`-${version}.jar`);
    }
    const report = read(path, 'report.md');
    expect(report).to.contain('`spark.version` is many changes at once');
    expect(report).to.match(/Spark 3\.5\.7: Scala 2\.12, .*Kafka client 3\.4\.1/);
    expect(report).to.match(/Spark 4\.2\.0: Scala 2\.13, .*Kafka client 3\.9\.2/);
    const { versions } = JSON.parse(read(path, 'manifest.json')) as { versions: { spark: string } };
    expect(versions.spark).to.equal('3.5.7, 4.0.0, 4.2.0');
  });

  it('runs on a Spark that is there already: the venv of a package', async () => {
    const { python } = await realToolchain('4.0.0');
    const venv = join(python.executable, '..', '..');
    const factors = `factors: { ${partitions} }`;
    const path = await run('given', `spark: { home: ${JSON.stringify(venv)} }\n${factors}\n`);
    expect(readSummary(path).trials.map(({ outcome }) => outcome)).to.include('succeeded');
    const { versions, sparks } = JSON.parse(read(path, 'manifest.json')) as {
      versions: { spark: string };
      sparks: { version: string; scala: string }[];
    };
    expect(versions.spark).to.equal('4.0.0');
    expect(sparks[0]).to.include({ version: '4.0.0', scala: '2.13' });
  });
});
