import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const param = ['--param', 'spark.sql.shuffle.partitions=32,4'];

describe('an experiment without a file', () => {
  const folder = temporaryFolder();
  const call = async (...args: string[]) => {
    const { host, written } = testHost();
    const code = await runCommandLine(args, { ...host, cwd: folder });
    return { code, ...written };
  };

  it('runs, and leaves the file that does the same', async () => {
    const world = ['--simulate', projectPath('experiments/simulated/lively-night.yaml')];
    const { out } = await call('run', ...param, ...world, '--blocks', '1');
    expect(out).to.contain('spark.sql.shuffle.partitions=4');
    const [run = ''] = readdirSync(join(folder, 'results'));
    expect(run).to.match(/-one-off$/);
    const kept = join(folder, 'results', run, 'experiment.yaml');
    expect(readFileSync(kept, 'utf8')).to.contain('spark.sql.shuffle.partitions: [ 32, 4 ]');
    const again = await call('run', kept, ...world, '--blocks', '1');
    expect(again.out).to.equal(out);
  });

  it('is planned, checked and generated as a file is', async () => {
    expect((await call('plan', ...param)).out).to.contain('spark.sql.shuffle.partitions=4');
    expect((await call('lint', ...param)).code).to.equal(0);
    const { out, err } = await call('generate', ...param, '--config', 'c1');
    expect(out).to.contain('def main');
    expect(err).to.contain('spark.sql.shuffle.partitions=4');
  });

  it('has no file that lint --fix could mend', async () => {
    const error = await expectError(call('lint', ...param, '--fix'), 'USAGE');
    expect(error.message).to.equal('--fix mends a file, and --param has none.');
  });

  it('is either a file or a one-off, and one of them', async () => {
    expect((await expectError(call('plan'), 'USAGE')).hint).to.contain('--param');
    await expectError(call('plan', 'my.yaml', ...param), 'USAGE');
    await expectError(call('plan', 'my.yaml', '--knob', 'spark.master=local[2]'), 'USAGE');
    await expectError(call('plan', '--knob', 'spark.master=local[2]'), 'USAGE');
    expect((await expectError(call('plan', '--param'), 'USAGE')).message).to.contain('param');
  });
});
