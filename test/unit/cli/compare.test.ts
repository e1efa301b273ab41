import { expect } from 'chai';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: gate
data: { records: 90000 }
knobs: { source.maxOffsetsPerTrigger: 4500 }
factors: { spark.sql.shuffle.partitions: [32, 4] }
design: { blocks: 5, seed: 3 }
measurement: { warmup: 1s }
`;
const world = (rate: number) => `version: 1
rowsPerSecond: ${String(rate)}
noise: { trial: 2% }
effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 40% }]
`;

describe('streamtune compare', function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  let first = '';
  let second = '';

  before(async () => {
    first = await run(experiment, 9_000);
    second = await run(experiment, 7_600);
  });

  async function run(text: string, rate: number): Promise<string> {
    const results = join(root, 'results');
    mkdirSync(results, { recursive: true });
    const known = new Set(readdirSync(results));
    writeFileSync(join(root, 'gate.yaml'), text);
    writeFileSync(join(root, 'world.yaml'), world(rate));
    await call('run', 'gate.yaml', '--simulate', 'world.yaml', '-q');
    return readdirSync(results).find((name) => !known.has(name))!;
  }

  async function call(...argv: readonly string[]) {
    const { host, written } = testHost();
    const exitCode = await runCommandLine(argv, { ...host, cwd: root });
    return { exitCode, ...written };
  }

  it('says what differs, then the answer, then the table', async () => {
    const { out, exitCode } = await call('compare', first, second);
    expect(exitCode).to.equal(0);
    const lines = out.split('\n');
    const at = (start: RegExp) => lines.findIndex((line) => start.test(line));
    const order = [
      /^Before:/,
      /^After:/,
      /^Nothing that was/,
      /^Simulated: Of 2 comp/,
      /^│ baseline/,
    ];
    const places = order.map(at);
    expect(places).to.not.include(-1);
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    expect(out).to.contain('2 worse');
    expect(out).to.contain('share no blocks');
    expect(out.replaceAll(/\s+/g, ' ')).to.contain('Next: run the first side again now');
    expect(out).to.match(/──?●──? +.*│/);
  });

  it('ends with 1 for what is decided to be worse, by surely more than what is asked', async () => {
    const pair = ['compare', first, second] as const;
    const worse = await call(...pair, '--fail-on', 'worse');
    expect([worse.exitCode, worse.err]).to.satisfy(
      ([code, text]: [number, string]) =>
        code === 1 && /--fail-on worse: baseline is worse/.test(text),
    );
    expect((await call(...pair, '--fail-on', 'worse:5%')).exitCode).to.equal(1);
    expect((await call(...pair, '--fail-on', 'worse:40%')).exitCode).to.equal(0);
    expect((await call(...pair, '--fail-on', 'ineligible')).exitCode).to.equal(0);
    expect((await call('compare', second, first, '--fail-on', 'worse')).exitCode).to.equal(0);
  });

  it('pairs two configurations of a run, and fails only on a verdict', async () => {
    const { out } = await call('compare', `${first}#baseline`, 'latest#c1', '--json');
    expect(JSON.parse(out)).to.deep.include({ version: 1, how: 'unpaired' });
    const paired = await call('compare', 'latest#c1', 'latest#baseline', '--fail-on', 'worse');
    expect(paired.out).to.contain('paired within its blocks');
    expect(paired.exitCode).to.equal(1);
  });

  it('prints Markdown, JSON and what github-action-benchmark reads', async () => {
    const markdown = (await call('compare', first, second, '--format', 'markdown')).out;
    expect(markdown).to.match(/^\*\*Simulated: .*worse/);
    expect(markdown).to.contain('| baseline | 10 / 10 |');
    const json = JSON.parse((await call('compare', first, second, '--format', 'json')).out) as {
      rows: { name: string; throughput: { kind: string } }[];
    };
    expect(json.rows.map(({ name, throughput }) => [name, throughput.kind])).to.deep.equal([
      ['baseline', 'worse'],
      ['spark.sql.shuffle.partitions=4', 'worse'],
    ]);
    const entries = JSON.parse(
      (await call('compare', first, second, '--format', 'benchmark-action')).out,
    ) as Record<string, unknown>[];
    expect(entries).to.have.length(2);
    for (const entry of entries) {
      expect(entry).to.have.all.keys('name', 'unit', 'value', 'range', 'extra');
      expect(entry['value']).to.be.a('number');
      expect(entry['unit']).to.equal('rows/s');
    }
  });

  it('refuses what says nothing together, unless it is forced', async () => {
    const other = await run(experiment.replace('90000', '80000').replace('1s', '2s'), 9_000);
    const error = await expectError(call('compare', first, other), 'NOT_COMPARABLE');
    expect(error.message).to.match(/the data: .*90000.*\n.*the warm-up: 1 s, then 2 s/);
    expect((await call('compare', first, other, '--force')).out).to.contain('FORCED');
  });

  it('refuses a run against itself, half a pair, and a run against a log', async () => {
    const log = projectPath('docs/examples/driver.log');
    cpSync(join(root, 'results', first), join(root, 'results', `${first}-copy`), {
      recursive: true,
    });
    for (const [pair, says] of [
      [[first, first], /the same as itself/],
      [[first, `${first}-copy`], /the same as itself/],
      [[`${first}#c1`, `${first}#c1`], /the same as itself/],
      [[`${first}#c1`, second], /Only one of the two/],
      [[first, log], /a run of an experiment, the other a log/],
    ] as const) {
      const error = await expectError(call('compare', ...pair), 'NOT_COMPARABLE');
      expect(error.message, pair.join(' ')).to.match(says);
    }
    await expectError(call('compare', `${first}#c7`, `${first}#c1`), 'CONFIGURATION_UNKNOWN');
    await expectError(call('compare', 'nowhere', first), 'RUN_NOT_FOUND');
    await expectError(call('compare', first, second, '--fail-on', 'wors'), 'USAGE');
    await expectError(call('compare', first, second, '--fail-on', 'inconclusive:5%'), 'USAGE');
  });

  it('compares logs, and says that one against one is no decision', async () => {
    const log = projectPath('docs/examples/driver.log');
    const { out, exitCode } = await call('compare', log, log, '--fail-on', 'worse');
    expect(exitCode).to.equal(0);
    expect(out).to.contain('No decision: one log against one log');
    for (const side of ['old', 'new']) {
      mkdirSync(join(root, side));
      for (const name of ['1.log', '2.log'])
        writeFileSync(join(root, side, name), readFileSync(log, 'utf8'));
    }
    const several = (await call('compare', 'old', 'new')).out;
    expect(several).to.contain('old (');
    expect(several).to.contain('2 logs');
    expect(several).to.not.contain('No decision:');
  });

  it('names nothing of the machine beside what was named', async () => {
    expect((await call('compare', first, second)).out).to.not.contain(basename(root));
  });
});
