import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { commandsFor } from '../../../src/cli/command-list.js';
import { knownCommands } from '../../../src/cli/usage/command-tree.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** What a person is told, and no program reads. */
const withoutData = [
  'kafka down',
  'cluster down',
  'topic create',
  'topic delete',
  'produce',
  'serve',
  'init',
  'completion',
];

describe('--json', function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return name;
  };

  async function call(...argv: readonly string[]) {
    const { host, written } = testHost();
    expect(await runCommandLine(argv, { ...host, cwd: root })).to.equal(0);
    return written.out;
  }

  it('is an option of every command that prints data, and a row of the page', async () => {
    const page = readFileSync(projectPath('docs/results.md'), 'utf8');
    const section = page.slice(page.indexOf('## JSON from every command'));
    const commands = await names();
    expect(commands).to.have.length.greaterThan(24);
    expect(commands).to.include.members(withoutData);
    for (const name of commands) {
      const takes = / --json\b/.test(await call(...name.split(' '), '--help'));
      expect(takes, name).to.equal(!withoutData.includes(name));
      if (name !== 'completion') expect(section, name).to.contain(`\`${name}`);
    }
  });

  async function names(): Promise<string[]> {
    const context = { host: testHost().host, exitCode: 0 as const };
    const known = knownCommands(await commandsFor(['all'], context));
    return [...known.filter(({ isGroup }) => !isGroup).map(({ name }) => name), 'completion'];
  }

  it('prints the two answers', async () => {
    const folder = await simulatedRun(root, { blocks: 5 });
    const answers = JSON.parse(await call('answers', folder, '--json')) as Record<string, unknown>;
    expect(answers).to.include({ version: 1, experiment: 'simulated', complete: true });
    expect(answers['better']).to.deep.equal([{ key: 'spark.sql.shuffle.partitions', level: 4 }]);
    expect(answers['effects']).to.have.length(1);
  });

  it('prints a generated job with the line that submits it', async () => {
    const file = write(
      'one.yaml',
      'version: 1\nname: one\nfactors: { spark.sql.shuffle.partitions: [8, 4] }\n',
    );
    const job = JSON.parse(await call('generate', file, '--config', 'c1', '--json')) as {
      configuration: string;
      source: string;
      submitLine: string;
    };
    expect(job.configuration).to.equal('c1');
    expect(job.source).to.contain('SparkSession');
    expect(job.submitLine).to.contain('spark.sql.shuffle.partitions=4');
  });

  it('prints a rule of lint', async () => {
    const rule = JSON.parse(await call('lint', '--explain', 'few-batches', '--json')) as object;
    expect(rule).to.include.keys('rule', 'severity', 'finds', 'why', 'fix');
  });
});
