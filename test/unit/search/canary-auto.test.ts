import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { canaryChoice } from '../../../src/analysis/judge/canary-choice.js';
import { indexTrials } from '../../../src/analysis/trial-index.js';
import { runCommandLine } from '../../../src/cli/command-line.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import { sensitivitySentences } from '../../../src/report/words/sensitivity-text.js';
import type { SessionRecord } from '../../../src/model/session-record.js';
import { quietWorld } from '../../../src/model/simulation-model.js';
import { simulateNight, type Night } from '../../../validation/simulated/nights.js';
import { brokenOffRun, journalLines, reports } from '../../helpers/broken-off-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const night = (correlation: number, more: Partial<Night> = {}): Night => ({
  ...{ configurations: 5, blocks: 6, choosesCanary: true },
  weather: {
    noise: { ...quietWorld.noise, trial: 0.03 },
    speed: { sd: 0.12, correlation: 0.6 },
    canary: { correlation, slope: 1, jumps: 0, missing: 0 },
  },
  ...more,
});
const choiceOf = (run: RunRecord) => canaryChoice(indexTrials(run));
const readBlocks = ({ trials }: RunRecord) => [
  ...new Set(trials.flatMap(({ trial, measurement }) => (measurement?.canary ? trial.block : []))),
];
const said = (run: RunRecord) => sensitivitySentences(analyseRun(run)).join(' ');

/** The first night in which the canary is left out. */
function nightLeftOut(more: Partial<Night> = {}): RunRecord {
  for (let seed = 1; seed <= 20; seed += 1) {
    const run = simulateNight(night(0, more), seed);
    if (choiceOf(run)?.kind === 'left-out') return run;
  }
  throw new Error('it was kept in twenty nights');
}

describe('canary: auto', () => {
  it('goes on with a canary that sees the speed, and says what it brings', () => {
    const run = simulateNight(night(0.9), 1);
    expect(choiceOf(run)).to.deep.include({ kind: 'kept', afterBlock: 3 });
    expect(readBlocks(run)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(said(run)).to.match(
      /corrected for it \(slope −\S+\).*Its readings correlate −0\.\d\d with the results, which leaves \S+ % of the variance \(1 − ρ²\)\. The run \(canary: auto\) decided to go on reading it after block 3/,
    );
  });

  it('leaves one out that sees nothing, from the next block on, and corrects nothing by it', () => {
    const run = nightLeftOut();
    expect(readBlocks(run)).to.deep.equal([1, 2, 3]);
    const { slope, choice } = analyseRun(run).sensitivity.canary ?? {};
    expect({ slope, kind: choice?.kind }).to.deep.equal({ slope: null, kind: 'left-out' });
    expect(said(run)).to.match(
      /not corrected for it\..*stopped reading it after block 3: .*not worth it/,
    );
  });

  it('never looks at how configurations compare: effects change nothing', () => {
    const run = simulateNight(night(0.5), 4);
    const other = simulateNight(night(0.5, { gains: [0.5, -0.3, 0.1] }), 4);
    const [one, two] = [choiceOf(run), choiceOf(other)];
    expect(one?.kind).to.equal(two?.kind);
    const rho = (choice: typeof one) =>
      choice !== undefined && 'correlation' in choice ? choice.correlation : NaN;
    expect(rho(one)).to.be.closeTo(rho(two), 1e-2);
  });

  it('does not change its mind with later blocks, and decides nothing from too few trials', () => {
    const whole = nightLeftOut({ blocks: 8 });
    const upTo = (block: number) => ({
      ...whole,
      trials: whole.trials.filter(({ trial }) => trial.block <= block),
    });
    expect([1, 2].map((block) => choiceOf(upTo(block))?.kind)).to.deep.equal(
      new Array(2).fill('open'),
    );
    for (const block of [3, 6, 8]) expect(choiceOf(upTo(block))).to.deep.equal(choiceOf(whole));
  });

  it('says that it could not decide where all trials took turns in a live driver, where nothing is read', () => {
    const whole = simulateNight(night(0.9), 1);
    const session: SessionRecord = {
      ...{ driver: 1, startedFor: 'first', place: 1, figures: null, turns: 7 },
      burnIn: { seconds: 1, trials: 1, isFlat: true, rates: [] },
    };
    const trials = whole.trials.map((one) => ({
      ...{ ...one, session },
      measurement: one.measurement === null ? null : { ...one.measurement, canary: null },
    }));
    const { experiment } = whole;
    const sentence = /could not decide whether to read the speed of the machine: .* took turns/;
    expect(said({ ...whole, trials })).to.match(sentence);
    const model = analyseRun({ ...whole, trials });
    expect(model.sensitivity).to.deep.include({ canary: null, canaryUnread: true });
    const on = { ...experiment, measurement: { ...experiment.measurement, canary: true } };
    expect(said({ ...whole, trials, experiment: on })).not.to.match(sentence);
  });

  it('decides in the screening, if there is one, and never in the blocks that judge', () => {
    const confirm = { top: 1, screeningBlocks: 2 };
    const run = simulateNight(night(0, { configurations: 7, confirm }), 2);
    expect(choiceOf(run)).to.deep.equal({ kind: 'open' });
    expect(Math.max(...readBlocks(run))).to.equal(8);
  });
});

describe('a run with canary: auto', () => {
  const folder = temporaryFolder();

  it('journals that the canary is left out, and a resumed run comes to the same', async () => {
    const [file, world] = [join(folder, 'auto.yaml'), join(folder, 'world.yaml')];
    writeFileSync(
      file,
      `version: 1
name: auto
data: { records: 90000 }
knobs: { source.maxOffsetsPerTrigger: 4500 }
factors: { spark.sql.shuffle.partitions: [32, 4, 8, 2] }
design: { blocks: 5, seed: 3, confirm: off }
measurement: { warmup: 1s, canary: auto }
`,
    );
    writeFileSync(world, 'version: 1\nnoise: { trial: 3% }\nspeed: { sd: 10%, canary: 0 }\n');
    const results = join(folder, 'results');
    const { host, written } = testHost();
    await runCommandLine(['run', file, '--simulate', world, '--results', results], host);
    expect(written.err).to.contain('From block 5 on, the speed canary is left out');
    const whole = join(results, readdirSync(results)[0] ?? '');
    const lines = journalLines(whole);
    const decided = lines.filter((line) => line.includes('"block-decided"'));
    const out = decided.map((line) => line.includes('"canary":"off"'));
    expect(out).to.deep.equal([false, false, false, false, true]);
    const at = lines.findIndex((line) => line.includes('"canary":"off"'));
    for (const steps of [at, at + 3]) {
      const broken = brokenOffRun(whole, join(folder, `broken-${String(steps)}`), steps);
      await runCommandLine(['resume', broken], testHost().host);
      for (const name of reports.filter((one) => one === 'trials.csv')) {
        const text = (run: string) => readFileSync(join(run, name), 'utf8');
        expect(text(broken)).to.equal(text(whole));
      }
      const again = journalLines(broken).filter((line) => line.includes('"canary":"off"'));
      expect(again).to.have.length(1);
    }
  });
});
