import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../src/analysis/analyse-run.js';
import { readRun } from '../../src/run/stored/read-run.js';
import { parseExperiment } from '../../src/config/parse-experiment.js';
import { planExperiment } from '../../src/design/plan-experiment.js';
import { HarnessError, messageOf } from '../../src/model/harness-error.js';
import { trialsOf } from '../../src/model/trial/plan.js';
import { seededRandom, type RandomSource } from '../../src/model/seeded-random.js';
import { projectPath } from '../../src/process/project-paths.js';
import { renderMarkdown } from '../../src/report/markdown/markdown-report.js';
import { parseCanaryLines } from '../../src/measure/canary.js';
import { parseProgressText } from '../../src/progress/listener-file.js';
import { failureText } from '../../src/report/words/outcome/failure-text.js';
import { classifyFailure } from '../../src/spark/classify-failure.js';
import { openJournal, readJournal } from '../../src/store/journal.js';
import { mutate } from '../helpers/mutate.js';
import { judgedTrial, runRecord } from '../helpers/run-record.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** Mutations in all; `npm run fuzz` makes a hundred thousand. */
const mutations = Number(process.env['STREAMTUNE_FUZZ'] ?? 4_000);
/** No input may keep anybody waiting; generous, as the machine may be busy. */
const slowMs = 2_000;
const targets = 5;

describe('damaged input', function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  const { stackTraceLimit } = Error;
  before(() => {
    Error.stackTraceLimit = 10; // Node's own; mocha keeps whole stacks, which takes seconds for deep ones
  });
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  /** Runs `check` on so many damaged texts, and says with which seed it failed. */
  async function fuzz(
    texts: readonly string[],
    check: (text: string, random: RandomSource) => unknown,
  ): Promise<void> {
    for (let seed = 1; seed <= mutations / targets; seed += 1) {
      const random = seededRandom(seed);
      const text = mutate(texts[random.below(texts.length)] ?? '', random);
      const startedAt = performance.now();
      try {
        await check(text, random);
        expect(performance.now() - startedAt, 'milliseconds').to.be.lessThan(slowMs);
      } catch (cause) {
        writeFileSync(join(process.cwd(), 'fuzz-failure.txt'), text);
        const why = messageOf(cause);
        throw new Error(`seed ${String(seed)}, kept in fuzz-failure.txt: ${why}`, { cause });
      }
    }
  }

  const read = (path: string) => readFileSync(projectPath(path), 'utf8');
  const experiments = ['experiments', 'test/schemas/good'].flatMap((place) =>
    readdirSync(projectPath(place))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => read(join(place, name))),
  );

  it('an experiment is planned, or refused with its place', async () => {
    let refused = 0;
    await fuzz(experiments, (text) => {
      try {
        const experiment = parseExperiment({ text, file: 'x.yaml' });
        expect(trialsOf(planExperiment(experiment)).length).to.be.within(1, 102_000);
      } catch (error) {
        if (!(error instanceof HarnessError) || error.code !== 'EXPERIMENT_INVALID') throw error;
        expect(error.message).to.match(/x\.yaml:\d+:\d+: .|leaves out the baseline/s);
        expect(error.message).not.to.match(/\n\s+at /);
        refused += 1;
      }
    });
    expect(refused).to.be.greaterThan(mutations / 40);
  });

  it('a journal gives what was written up to the damage, or is refused', async () => {
    const whole = join(folder, 'whole');
    mkdirSync(whole);
    {
      await using journal = await openJournal(whole, () => 1_700_000_000_000);
      await journal.append({ kind: 'run-started', manifest: 'a'.repeat(64) });
      for (let block = 1; block <= 4; block += 1) {
        const trial = `b${String(block)}-t1-baseline`;
        await journal.append({ kind: 'trial-started', trial });
        const end = { wallMs: 5, machine: null, offered: null, evidence: {} };
        await journal.append({
          kind: 'trial-ended',
          trial,
          outcome: { kind: 'succeeded' },
          ...end,
        });
      }
    }
    const text = readFileSync(join(whole, 'journal.ndjson'), 'utf8');
    const entries = await readJournal(whole);
    const damaged = join(folder, 'damaged');
    mkdirSync(damaged);
    let refused = 0;
    await fuzz([text], async (changed) => {
      writeFileSync(join(damaged, 'journal.ndjson'), changed);
      try {
        const found = await readJournal(damaged);
        expect(found).to.deep.equal(entries.slice(0, found.length));
      } catch (error) {
        if (!(error instanceof HarnessError) || error.code !== 'JOURNAL_CORRUPT') throw error;
        expect(error.message).to.match(/journal\.ndjson:\d+: /);
        refused += 1;
      }
    });
    expect(refused).to.be.greaterThan(mutations / 40);
  });

  it('progress lines are measured as far as they can be read, and the report has figures or dashes', async () => {
    const lines = readdirSync(projectPath('test/fixtures/progress'))
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => read(join('test/fixtures/progress', name)));
    const run = runRecord('version: 1\nname: fuzz\ndesign: { blocks: 1 }\n', () => 100);
    const [first, ...others] = run.trials;
    await fuzz(lines, (text) => {
      const events = parseProgressText(text);
      parseCanaryLines(text.split('\n'));
      const record = judgedTrial(first!.trial, events, run.experiment.measurement);
      const report = renderMarkdown(analyseRun({ ...run, trials: [record, ...others] }));
      expect(report).not.to.match(/NaN|undefined|Infinity/);
    });
  });

  it('the logs of a job have a class and a reason of one line', async () => {
    const logs = [
      'Traceback (most recent call last):\n  File "x.py", line 1\npyspark.errors.AnalysisException: [X] y\n',
      `26/11/21 ERROR Executor: Exception in task 0.0\njava.lang.OutOfMemoryError: Java heap space\n\tat a.b.C(D.java:1)\n${'x'.repeat(60_000)}`,
      'Caused by: org.apache.kafka.common.errors.TimeoutException: call\n: java.lang.IllegalArgumentException: z\n',
      ` ${'error '.repeat(10_000)}`,
      ` ${'e'.repeat(65_000)}`,
    ];
    await fuzz(logs, (text, random) => {
      const outcome = classifyFailure({
        exitCode: random.below(2) === 0 ? 1 : null,
        endedBySignal: null,
        startError: null,
        exception: random.below(2) === 0 ? null : text,
        stdout: random.below(2) === 0 ? text : '',
        stderr: text,
      });
      expect(failureText(outcome.cause).length).to.be.within(1, 400);
      expect(failureText(outcome.cause)).not.to.contain('\n');
    });
  });

  it('the folder of a run is read, or refused', async () => {
    const files = [read('test/schemas/good/smallest.yaml'), '{"formatVersion":4,"startedAt":"x"}'];
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    let refused = 0;
    await fuzz(files, async (text, random) => {
      writeFileSync(join(broken, 'manifest.json'), text);
      writeFileSync(join(broken, 'plan.json'), mutate('{"experiment":{},"plan":{}}', random));
      writeFileSync(join(broken, 'experiment.yaml'), text);
      try {
        await readRun(broken);
      } catch (error) {
        if (!(error instanceof HarnessError) || !/^RUN_/.test(error.code)) throw error;
        expect(error.message).to.contain(broken);
        refused += 1;
      }
    });
    expect(refused).to.be.greaterThan(mutations / 40);
  });
});
