import { expect } from 'chai';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../src/analysis/analyse-run.js';
import { HarnessError } from '../../src/model/harness-error.js';
import { seededRandom } from '../../src/model/seeded-random.js';
import { renderMarkdown } from '../../src/report/markdown/markdown-report.js';
import { renderTerminal } from '../../src/report/terminal-table.js';
import { renderTrialsCsv } from '../../src/report/trials-csv.js';
import { readRun } from '../../src/run/stored/read-run.js';
import { runStatus } from '../../src/run/stored/run-status.js';
import { withDamage } from './damage.js';
import { storedCases, type StoredCase } from './stored-runs.js';
import { simulatedRun } from '../helpers/simulated-run.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** A sample in every run of the tests, and all of them with `npm run fuzz`. */
const sample = process.env['STREAMTUNE_FUZZ'] === undefined ? 60 : Infinity;
const seed = 20;

describe('a stored run with one damaged file', function () {
  this.timeout(3_600_000);
  const root = temporaryFolder();
  let folder: string;
  let whole: Shown;
  before(async () => {
    folder = join(root, 'run');
    cpSync(await simulatedRun(root), folder, { recursive: true });
    whole = await shown(folder);
  });

  interface Shown {
    readonly report: string;
    readonly terminal: string;
    readonly figures: string;
  }

  /** What `report` would show of a run, without writing it. */
  async function shown(run: string): Promise<Shown> {
    const model = analyseRun(await readRun(run));
    return {
      report: renderMarkdown(model),
      terminal: renderTerminal(model, 80),
      figures: renderTrialsCsv(model),
    };
  }

  /** The code of the error that ends a reader; anything but a HarnessError is thrown again. */
  const codeOf = (reading: Promise<unknown>) =>
    reading.then(
      () => 'shown',
      (error: unknown) => {
        if (!(error instanceof HarnessError)) throw error;
        expect(error.message)
          .to.contain(folder)
          .and.not.to.match(/\n\s+at /);
        return `${error.code} ${String(error.exitCode)}`;
      },
    );

  async function check({ expect: expected }: StoredCase): Promise<void> {
    const { code, exitCode } = expected;
    const status = await codeOf(runStatus(folder, 0));
    if (code !== 'same' && code !== 'mentioned') {
      expect(await codeOf(shown(folder))).to.equal(`${code} ${String(exitCode)}`);
      expect(status).to.equal(`${code} ${String(exitCode)}`);
      return;
    }
    const now = await shown(folder);
    expect(now.figures).to.equal(whole.figures);
    expect(status).to.match(code === 'same' ? /^shown$/ : /^(shown|JOURNAL_CORRUPT 3)$/);
    if (code === 'same') expect(now).to.deep.equal(whole);
    else {
      const word = /journal of this run is (damaged|missing)|journal does not record the end/i;
      expect(now.report).to.match(word);
      expect(now.terminal).to.match(word);
    }
  }

  it('is read the same, or refused with the file and its code, or its journal is mentioned', async () => {
    const cases = storedCases(folder);
    expect(cases.length).to.be.greaterThan(300);
    expect(new Set(cases.map(({ name }) => name)).size).to.equal(cases.length);
    const random = seededRandom(seed);
    const chosen = cases
      .map((one) => ({ one, order: random.below(1_000_000) }))
      .sort((a, b) => a.order - b.order)
      .slice(0, sample);
    const wrong: string[] = [];
    for (const { one } of chosen) {
      await withDamage({ folder, name: one.file, damage: one.damage }, () => check(one)).catch(
        (error: unknown) => {
          wrong.push(`${one.name}: ${String(error)}`);
        },
      );
    }
    expect(wrong, `seed ${String(seed)}`).to.deep.equal([]);
    expect(await shown(folder), 'everything was put back').to.deep.equal(whole);
  });
});
