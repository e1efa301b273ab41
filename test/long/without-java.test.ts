import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathWithoutJava } from '../helpers/path-without-java.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const experiment = `version: 1
name: without-java
data: { records: 8000 }
knobs:
  spark.master: local[2]
  spark.sql.shuffle.partitions: 2
  source.maxOffsetsPerTrigger: 500
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

describe('streamtune on a machine without Java', () => {
  const folder = temporaryFolder();

  it('brings Java 17 and Spark 3.5.7, says so in one line, and measures', async () => {
    const file = join(folder, 'experiment.yaml');
    writeFileSync(file, experiment);
    const env: NodeJS.ProcessEnv = { ...process.env, PATH: pathWithoutJava(join(folder, 'bin')) };
    delete env['JAVA_HOME'];
    const results = join(folder, 'results');
    const { code, stderr } = await streamtune(['run', file, '--results', results], env);
    expect(code, stderr).to.equal(0);
    const lines = stderr.split('\n').filter((line) => line.startsWith('No Java was found'));
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/using Java 17\.[\d.]+ from PyPI and Spark 3\.5\.7\.$/);
    const [run] = readdirSync(results);
    const summary = JSON.parse(readFileSync(join(results, run!, 'summary.json'), 'utf8')) as {
      versions: { spark: string };
      configurations: { rowsPerSecond: { median: number }; batchMs: { p50: number } }[];
    };
    expect(summary.versions.spark).to.equal('3.5.7');
    expect(summary.configurations[0]?.rowsPerSecond.median).to.be.greaterThan(10);
    expect(summary.configurations[0]?.batchMs.p50).to.be.greaterThan(1);
    const trials = join(results, run!, 'trials');
    const baseline = readdirSync(trials).find((id) => id.endsWith('-baseline'));
    const progress = readFileSync(join(trials, baseline!, 'progress.ndjson'), 'utf8');
    expect(
      progress.split('\n').filter((line) => line.includes('"progress"')),
    ).to.have.length.at.least(16);
  }).timeout(600_000); // the first time, Spark 3.5.7 and a Java are installed
});
