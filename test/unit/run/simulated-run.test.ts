import { expect } from 'chai';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareRun } from '../../../src/run/prepare-run.js';
import { simulatedBackend } from '../../../src/run/backends/simulated-backend.js';
import { startRun } from '../../../src/run/start-run.js';
import { observerOf } from '../../helpers/observer-of.js';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { messageOf } from '../../../src/model/harness-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: night
data: { records: 150000 }
factors:
  spark.sql.shuffle.partitions: [32, 4]
  source.maxOffsetsPerTrigger: [5000, 2500]
design: { blocks: 8, seed: 3 }
measurement: { warmup: 1s }
`;

interface Summary {
  readonly detection: { readonly control: { readonly result: string } | null };
  readonly configurations: readonly {
    readonly id: string;
    readonly throughput: {
      readonly kind: string;
      readonly cautions: { readonly kind: string }[];
    } | null;
    readonly trials: readonly {
      readonly id: string;
      readonly outcome: string;
      readonly reason: string | null;
    }[];
  }[];
}

interface Told {
  readonly kind: string;
  readonly position?: { readonly trialNumber: number; readonly trials: number };
}

/** The whole program, from the command line to the files. */
describe('run --simulate', () => {
  const folder = temporaryFolder();
  let runs = 0;

  async function night(model: string, text = experiment, more: readonly string[] = []) {
    runs += 1;
    const [file, world, results] = ['night.yaml', 'world.yaml', `results-${String(runs)}`].map(
      (name) => join(folder, name),
    ) as [string, string, string];
    writeFileSync(file, text);
    writeFileSync(world, `version: 1\n${model}`);
    const { host, written } = testHost();
    const exitCode = await runCommandLine(
      ['run', file, '--simulate', world, '--results', results, ...more],
      host,
    );
    const run = join(results, readdirSync(results)[0]!);
    const read = (name: string) => readFileSync(join(run, name), 'utf8');
    const summary = JSON.parse(read('summary.json')) as Summary;
    const verdicts = Object.fromEntries(
      summary.configurations.map(({ id, throughput }) => [id, throughput?.kind ?? null]),
    );
    const trials = summary.configurations.flatMap((one) => one.trials);
    return { exitCode, written, read, run, summary, verdicts, trials };
  }

  it('reports what there is, and that it broke off, where something ends it early', async () => {
    const [file, world, results] = ['early.yaml', 'world.yaml', 'early'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(file, experiment);
    writeFileSync(world, 'version: 1\n');
    const { host } = testHost();
    const prepared = await prepareRun(file, { host });
    let ended = 0;
    const observer = observerOf(({ kind }) => {
      ended += kind === 'trial-ended' ? 1 : 0;
      if (ended === 3) throw new Error('the disk is full');
    });
    const backend = await simulatedBackend(prepared, world, host);
    const broken = startRun(prepared, backend, { host, observer, resultsRoot: results });
    expect(await broken.then(String, messageOf)).to.equal('the disk is full');
    const run = join(results, readdirSync(results)[0]!);
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.contain('**Crashed: continue with `streamtune resume`. 3 of ');
  });

  it('finds what is planted, and nothing where nothing is', async () => {
    const { exitCode, verdicts, summary, written } = await night(
      'effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 60% }]\nnoise: { trial: 3% }\n',
    );
    expect(exitCode).to.equal(0);
    expect(verdicts).to.deep.equal({
      baseline: null,
      aa: null,
      c1: 'equivalent',
      c2: 'better',
      c3: 'better',
    });
    expect(summary.detection.control?.result).to.equal('passed');
    expect(written.out).to.contain('SIMULATED by');
  });

  it('says on every report that nothing was measured', async () => {
    const { read } = await night('');
    expect(read('report.md')).to.match(/\*\*Simulated\.\*\* Neither Kafka nor Spark ran/);
    expect(read('answers.md')).to.contain('nothing was measured');
    expect(JSON.parse(read('manifest.json'))).to.have.property('simulation');
  });

  it('is the same night for the same seed, and can be reported again', async () => {
    const model =
      'noise: { trial: 10% }\nspeed: { sd: 10% }\nfaults: [{ kind: hang, share: 10% }]\n';
    const [first, second] = [await night(model), await night(model)];
    expect(second.read('trials.csv')).to.equal(first.read('trials.csv'));
    rmSync(join(first.run, 'trials.csv'));
    const { host } = testHost();
    await runCommandLine(['report', first.run], host);
    expect(first.read('trials.csv')).to.equal(second.read('trials.csv'));
  });

  it('makes noise of a drift, and no claim', async () => {
    const { verdicts } = await night('drift: 60%\nnoise: { trial: 2% }\n');
    expect(Object.values(verdicts)).not.to.include.members(['better']);
    expect(Object.values(verdicts)).not.to.include.members(['worse']);
  });

  it('calls a configuration that runs out of memory ineligible', async () => {
    const { exitCode, verdicts, summary } = await night(
      'faults: [{ kind: out-of-memory, configuration: c1 }]\n',
    );
    expect(exitCode).to.equal(1);
    expect(verdicts['c1']).to.equal('ineligible');
    expect(
      summary.configurations.find(({ id }) => id === 'c1')?.throughput?.cautions,
    ).to.deep.equal([{ kind: 'failed-blocks', blocks: 8, of: 8 }]);
  });

  it('tries what the broker spoilt once more in the same block, and counts that', async () => {
    const { trials, verdicts } = await night('faults: [{ kind: broker-gone, share: 30% }]\n');
    const again = trials.filter(({ id }) => id.endsWith('-retry'));
    expect(again.length).to.be.greaterThan(3);
    for (const { id } of again) {
      const first = trials.find((trial) => trial.id === id.replace('-retry', ''));
      expect(first?.outcome).to.equal('failed');
    }
    expect(again.some(({ outcome }) => outcome === 'succeeded')).to.equal(true);
    expect(verdicts['c1']).to.be.oneOf(['equivalent', 'inconclusive']);
  });

  for (const [kind, reason] of [
    ['missing-batch', /missing after batch/],
    ['repeated-batch', /reported twice/],
  ] as const) {
    it(`does not count a trial with a ${kind}`, async () => {
      const { trials } = await night(`faults: [{ kind: ${kind}, configuration: c1, block: 2 }]\n`);
      const struck = trials.filter(({ id }) => id.startsWith('b2-') && id.includes('-c1'));
      expect(struck, 'the trial and its second try').to.have.length(2);
      for (const { outcome, reason: why } of struck) {
        expect(outcome).to.equal('invalid');
        expect(why).to.match(reason);
      }
    });
  }

  it('does not mind empty batches or a torn last line', async () => {
    const { trials } = await night('faults: [{ kind: empty-batches }, { kind: torn-line }]\n');
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(Array(40).fill('succeeded'));
  });

  it('says of a knob that is ignored that it makes no difference', async () => {
    const effect =
      'effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 60% }]\nnoise: { trial: 1% }\n';
    const { verdicts } = await night(`${effect}faults: [{ kind: ignored-knob }]\n`);
    expect(verdicts['c2']).to.equal('equivalent');
  });

  it('does not fill a night with trials that are too short', async () => {
    const short = experiment.replace('150000', '20000');
    const error: unknown = await night('', short, ['--force']).then(
      () => undefined,
      (problem: unknown) => problem,
    );
    expect(error).to.have.property('code', 'BASELINE_BROKEN');
    expect(error).to.have.property('message').that.contains('insufficient');
  });

  it('stops early what a look has decided', async () => {
    const looks = experiment.replace('blocks: 8, ', '').concat('stopping: { looks: [4, 8, 12] }\n');
    const events = join(folder, 'looks.ndjson');
    const { trials, read } = await night(
      'effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 60% }]\nnoise: { trial: 8% }\n',
      looks,
      ['--events', events],
    );
    const told = readFileSync(events, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    const ends = told.filter(({ kind }) => kind === 'trial-ended').map(({ position }) => position);
    expect(ends.at(-1), 'what need not run takes no time').to.include({ secondsLeft: 0 });
    expect(ends.at(-1)?.trialNumber).to.equal(ends.at(-1)?.trials).and.to.equal(trials.length);
    const blocksOf = (id: string) => trials.filter((trial) => trial.id.endsWith(id)).length;
    expect(blocksOf('-c2')).to.equal(4);
    expect(blocksOf('-c1')).to.be.greaterThan(4);
    expect(read('report.md')).to.contain('were skipped');
  });

  it('evens out the speed of the machine', async () => {
    const { summary, read } = await night(
      'noise: { trial: 2% }\nspeed: { sd: 15%, canary: 0.95 }\n',
      experiment.replace('warmup: 1s', 'warmup: 1s, canary: on'),
    );
    expect(summary).to.have.nested.property('detection.canary.slope');
    expect(read('report.md')).to.match(/noise [\d.]+ % before, [\d.]+ % after/);
  });

  it('ends within its budget, and can be resumed', async () => {
    // Each trial takes some 15 seconds of the virtual clock, and a block has five.
    const { trials, run, read } = await night('', experiment, ['--budget', '7m']);
    expect(trials.length % 5, 'whole blocks').to.equal(0);
    expect(trials.length).to.be.within(10, 35);
    expect(read('journal.ndjson')).to.contain('"why":"out-of-time"');
    await runCommandLine(['resume', run], testHost().host);
    expect(read('report.md')).to.contain('All 40 trials have ended');
  });

  it('tells programs of every step, and a command of its end', async () => {
    const [events, note] = [join(folder, 'events.ndjson'), join(folder, 'note.txt')];
    const script = `require('fs').writeFileSync(${JSON.stringify(note)}, [process.env.STREAMTUNE_EXIT_CODE, process.env.STREAMTUNE_ERROR, process.env.STREAMTUNE_FOLDER].join(' '))`;
    const { run } = await night('', experiment, [
      ...['--events', events],
      ...['--on-finish', '--', process.execPath, '-e', script],
    ]);
    expect(readFileSync(note, 'utf8')).to.equal(`0  ${run}`);
    const lines = readFileSync(events, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(lines.filter(({ kind }) => kind === 'trial-ended')).to.have.length(40);
    expect(lines.filter(({ kind }) => kind === 'trial-started')).to.have.length(40);
  });

  it('tells that command also of a bad end, and does not mind if it fails', async () => {
    const note = join(folder, 'bad.txt');
    const script = `require('fs').writeFileSync(${JSON.stringify(note)}, process.env.STREAMTUNE_ERROR + process.env.STREAMTUNE_EXIT_CODE); process.exit(9)`;
    const model =
      'faults: [{ kind: out-of-memory, configuration: baseline }, { kind: out-of-memory, configuration: aa }]\n';
    const error: unknown = await night(model, experiment, [
      '--on-finish',
      '--',
      process.execPath,
      '-e',
      script,
    ]).then(
      () => undefined,
      (problem: unknown) => problem,
    );
    expect(error).to.have.property('code', 'BASELINE_BROKEN');
    expect(readFileSync(note, 'utf8')).to.equal('BASELINE_BROKEN1');
  });

  it('knows only the mode that it plays', async () => {
    const offered = experiment.replace(
      'measurement: { warmup: 1s }',
      'measurement: { mode: offered, rate: 5, window: 60s }',
    );
    let message = '';
    await night('', offered).catch((error: unknown) => (message = String(error)));
    expect(message).to.contain('only the drain mode');
  });
});
