import { expect } from 'chai';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { leftOvers } from '../helpers/left-overs.js';

const experiment = `version: 1
name: small
data: { records: 6000 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 500
factors:
  spark.sql.shuffle.partitions: [2, not-a-number]
design: { blocks: 1 }
measurement: { warmup: 1s, timeLimit: 2m }
`;

describe('streamtune run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-e2e-'));
  const file = join(folder, 'small.yaml');
  writeFileSync(file, experiment);
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    expect(leftOvers(folder)).to.deep.equal([]);
  });

  it('measures what runs, says why the rest failed, and writes every report', async () => {
    const child = spawn(
      process.execPath,
      [projectPath('bin/streamtune.js'), 'run', file, '--results', join(folder, 'results')],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code, output).to.equal(1);
    const [run] = readdirSync(join(folder, 'results'));
    const read = (name: string) => readFileSync(join(folder, 'results', run!, name), 'utf8');
    const summary = JSON.parse(read('summary.json')) as {
      configurations: { id: string; rowsPerSecond: { median: number } | null; trials: unknown[] }[];
    };
    expect(summary.configurations.map((c) => c.id)).to.deep.equal(['baseline', 'c1']);
    expect(summary.configurations[0]?.rowsPerSecond?.median).to.be.greaterThan(10);
    expect(summary.configurations[1]?.trials).to.have.nested.property('[0].outcome', 'failed');
    expect(output).to.contain('invalid-value').and.to.contain('not-a-number');
    expect(read('report.md')).to.contain('not-a-number').and.not.to.contain('NaN');
    expect(read('answers.md')).to.contain('this run cannot tell');
    expect(readdirSync(join(folder, 'results', run!))).not.to.include('work');
  });

  it('stops everything on Ctrl-C and says 130', async () => {
    const child = spawn(
      process.execPath,
      [projectPath('bin/streamtune.js'), 'run', file, '--results', join(folder, 'stopped')],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let stopped = false;
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!stopped && chunk.toString().includes('started')) {
        stopped = true;
        child.kill('SIGINT');
      }
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code, output).to.equal(130);
    const [run] = readdirSync(join(folder, 'stopped'));
    expect(readFileSync(join(folder, 'stopped', run!, 'report.md'), 'utf8')).to.contain('canceled');
  });

  it('refuses a wrong experiment with one message and exit code 2', () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'version: 1\nname: x\nfactor: {}\n');
    const run = () =>
      execFileSync(process.execPath, [projectPath('bin/streamtune.js'), 'run', wrong], {
        stdio: 'pipe',
        encoding: 'utf8',
      });
    expect(run).to.throw().with.property('status', 2);
    expect(run).to.throw(/wrong\.yaml:3:1: unknown key "factor"\. Did you mean factors\?/);
  });
});
