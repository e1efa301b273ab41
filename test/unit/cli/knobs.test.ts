import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

async function run(...argv: string[]) {
  const { host, written } = testHost();
  return { exitCode: await runCommandLine(argv, host), ...written };
}

describe('knobs', () => {
  it('shows one knob whole', async () => {
    const { out } = await run('knobs', 'spark.sql.shuffle.partitions');
    expect(out).to.match(/default +200/);
    expect(out).to.contain('keeps the value that it was made with');
    expect(out).to.contain('restart of the query with a new checkpoint');
  });

  it('shows a default that has changed, and until when a knob was there', async () => {
    const { out } = await run('knobs', 'spark.sql.ansi.enabled');
    expect(out).to.match(/default +false; true from Spark 4\.0\.0$/m);
    const gone = await run('knobs', 'spark.sql.streaming.join.stateFormatV4.enabled');
    expect(gone.out)
      .to.match(/since +Spark 4\.2\.0$/m)
      .and.to.match(/until +Spark 4\.3\.0$/m);
  });

  it('finds knobs by words', async () => {
    const { out } = await run('knobs', '--search', 'rocksdb cache');
    expect(out).to.contain('blockCacheSizeMB').and.not.to.contain('maxOffsetsPerTrigger');
    expect((await run('knobs', '--search', 'nothing has this')).out).to.contain('No knob');
  });

  it('prints JSON where that is asked', async () => {
    const { out } = await run('knobs', 'topic.partitions', '--json');
    expect(JSON.parse(out)).to.deep.include({ key: 'topic.partitions', change: 'new-topic' });
  });

  it('knows what was meant', async () => {
    const { host } = testHost();
    const error = await expectError(
      runCommandLine(['knobs', 'spark.sql.shuffel.partitions'], host),
      'USAGE',
    );
    expect(error.message).to.contain('Did you mean spark.sql.shuffle.partitions?');
  });
});

describe('lint', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'x.yaml');
  const write = (text: string) => {
    writeFileSync(file, `version: 1\nname: x\n${text}`);
  };

  it('says where, what, why and what instead, and ends well with warnings', async () => {
    write('factors:\n  spark.executor.cores: [1, 2]\n');
    const { exitCode, out } = await run('lint', file);
    expect(exitCode).to.equal(0);
    expect(out).to.contain('warning: spark.executor.cores (line 4)');
    expect(out).to.contain('local[N]');
  });

  it('ends with 2 where something is wrong', async () => {
    write('knobs: { spark.sql.shuffle.partitions: none }\n');
    expect((await run('lint', file)).exitCode).to.equal(2);
  });

  it('has nothing to say against an experiment that is right', async () => {
    write('knobs: { spark.driver.memory: 1g }\n');
    expect((await run('lint', file)).out).to.equal('No problems found with the knobs.\n');
  });

  it('is part of plan', async () => {
    write('factors: { spark.default.parallelism: [null, 2] }\n');
    expect((await run('plan', file)).out).to.contain('warning: spark.default.parallelism (line 3)');
  });

  it('keeps run from a night with a misspelt knob, unless it is told to', async () => {
    write('data: { records: 200000 }\nfactors: { spark.sql.shufle.partitions: [2, 4] }\n');
    const world = join(folder, 'world.yaml');
    writeFileSync(world, 'version: 1\n');
    const args = ['run', file, '--simulate', world, '--results', join(folder, 'results')];
    const error = await expectError(runCommandLine(args, testHost().host), 'EXPERIMENT_INVALID');
    expect(error.message).to.contain('Did you mean spark.sql.shuffle.partitions?');
    expect((await run(...args, '--force')).exitCode).to.equal(0);
  });
});
