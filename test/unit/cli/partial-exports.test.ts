import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { HarnessError } from '../../../src/model/harness-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: partial
data: { records: 90000 }
knobs: { source.maxOffsetsPerTrigger: 4500 }
factors: { spark.sql.shuffle.partitions: [32, 4] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;
const all = ['markdown', 'csv', 'json'].map((kind) => `--export-${kind}=out.${kind}`);
const failing = ['baseline', 'aa'].map((id) => `{ kind: hang, configuration: ${id}, block: 2 }`);

interface Early {
  /** The folder for this run alone. */
  readonly name: string;
  readonly world?: string;
  readonly more?: readonly string[];
  /** Ctrl-C comes when the progress says this. */
  readonly stopAt?: string;
  readonly exports?: readonly string[];
}

describe('the exports of a run that ends early', () => {
  const root = temporaryFolder();

  async function run({ name, world = '', more = [], stopAt, exports = all }: Early) {
    const cwd = join(root, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'x.yaml'), experiment);
    writeFileSync(join(cwd, 'world.yaml'), `version: 1\n${world}`);
    const { host, written, controller } = testHost();
    const err = {
      ...host.err,
      write: (text: string) => {
        if (stopAt !== undefined && text.includes(stopAt)) controller.abort();
        host.err.write(text);
      },
    };
    const args = ['run', 'x.yaml', '--simulate', 'world.yaml', ...exports, ...more];
    const code = await runCommandLine(args, { ...host, err, cwd }).catch((error: unknown) => {
      if (!(error instanceof HarnessError)) throw error;
      return error.code;
    });
    const [folder = ''] = readdirSync(join(cwd, 'results'));
    const stored = (file: string) => readFileSync(join(cwd, 'results', folder, file), 'utf8');
    const read = (file: string) => readFileSync(join(cwd, file), 'utf8');
    return { code, written, stored, read, cwd };
  }

  for (const [code, state, early] of [
    ['INTERRUPTED', 'interrupted', { name: 'stopped', stopAt: 'trial 5/' }],
    [
      'BASELINE_BROKEN',
      'baseline-failed',
      { name: 'broken', world: `faults: [${failing.join()}]` },
    ],
    [0, 'out-of-time', { name: 'late', world: 'rowsPerSecond: 1500\n', more: ['--budget', '8m'] }],
  ] as const) {
    it(`are written with what there is: ${state}`, async () => {
      const met = await run(early);
      expect(met.code).to.equal(code);
      const summary = JSON.parse(met.read('out.json')) as { state: string };
      expect(summary.state).to.equal(state);
      expect(met.read('out.json')).to.equal(met.stored('summary.json'));
      expect(met.read('out.csv')).to.equal(met.stored('trials.csv'));
      expect(met.read('out.csv').split('\n').length, 'trials').to.be.within(4, 14);
      expect(met.read('out.markdown')).to.contain('spark.sql.shuffle.partitions');
    });
  }

  it('are written by resume too, in place of older ones', async () => {
    const { cwd, stored } = await run({ name: 'again', stopAt: 'trial 5/' });
    const { host, controller } = testHost();
    const write = () => {
      controller.abort();
    };
    const err = { ...host.err, write };
    const args = ['resume', 'latest', '--export-csv', 'out.csv'];
    writeFileSync(join(cwd, 'out.csv'), 'older');
    const error: unknown = await runCommandLine(args, { ...host, err, cwd }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ code: 'INTERRUPTED' });
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).to.equal(stored('trials.csv'));
  });

  it('are told where they cannot be written, and the error of the run stays', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const met = await run({
      name: 'full',
      stopAt: 'trial 5/',
      exports: ['--export-csv=/dev/full', '--events=events.ndjson'],
    });
    expect(met.code).to.equal('INTERRUPTED');
    expect(met.written.err).to.contain('/dev/full could not be written');
    const [last = ''] = met.read('events.ndjson').trimEnd().split('\n').slice(-1);
    expect(JSON.parse(last)).to.include({ kind: 'run-ended', state: 'interrupted' });
  });

  it('are not written where no trial has ended', async () => {
    const { cwd, code } = await run({ name: 'nothing', stopAt: 'Results: ' });
    expect(code).to.equal('INTERRUPTED');
    expect(readdirSync(cwd)).to.have.members(['x.yaml', 'world.yaml', 'results']);
  });
});
