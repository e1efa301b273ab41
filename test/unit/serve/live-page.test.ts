import { expect } from 'chai';
import { statusOf } from '../../../src/analysis/run-status.js';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { liveBlocks } from '../../../src/run/watch/live-blocks.js';
import type { LiveView } from '../../../src/model/live/live-view.js';
import type { TrialTimes } from '../../../src/model/run/trial-times.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import type { Outcome } from '../../../src/model/trial/outcome.js';
import { livePage } from '../../../src/report/live/live-page.js';
import { runRecord, type MadeUp } from '../../helpers/run-record.js';

const now = Date.parse('2026-01-31T21:00:00Z');

const times: TrialTimes = {
  ...{ coldSeconds: 30, sessionSeconds: 30, driverStartSeconds: 0, burnInSeconds: 0 },
  sessionBlocks: [],
};

function viewOf(run: RunRecord, current?: string): LiveView {
  const status = statusOf(run, { lastAt: undefined, running: [current ?? []].flat(), now, times });
  const trial = run.blocks
    .flatMap(({ launches }) => launches.flatMap(({ trials }) => trials))
    .find(({ id }) => id === current);
  return {
    status,
    model: analyseRun(run),
    blocks: liveBlocks(run, [current ?? []].flat()),
    current: trial === undefined ? null : { trial, batches: [], sparkUi: undefined },
    logTails: new Map(status.failures.map(({ trial }) => [trial, ['the last words']])),
    problem: null,
  };
}

function running(text: string, madeUp: MadeUp): RunRecord {
  return { ...runRecord(text, madeUp), state: 'running' };
}

const two = `version: 1
name: night
data: { records: 90000 }
factors: { spark.sql.shuffle.partitions: [200, 4] }
design: { blocks: 3, seed: 1 }
`;

const page = (view: LiveView, block?: number) => livePage(view, { block });

describe('the live page', () => {
  it('can be read without scripts: the plan, the trial in hand, the time left, the estimates', () => {
    const run = running(two, ({ block }) => (block < 3 ? 800 : undefined));
    const current = run.blocks[2]?.launches[0]?.trials[0]?.id ?? '';
    const text = page(viewOf(run, current));
    expect(text).to.contain('6 of 9 trials. Ends about ');
    expect(text).to.contain(`Now: <code>${current}</code>`);
    expect(text).to.contain('Estimates so far');
    expect(text)
      .to.contain('not judged')
      .and.not.match(/<td[^>]*>(better|worse)/);
    expect(text).to.contain('href="/?block=3#plan" aria-current="true"');
    expect(text.match(/: to come/g)).to.have.length(2);
    expect(page(viewOf(run, current), 1).match(/: done, [\d,]+ rows\/s/g)).to.have.length(3);
  });

  it('shows why a trial failed, with the last lines of its log, as text', () => {
    const outcome: Outcome = {
      ...{ kind: 'failed', failureClass: 'unknown' },
      cause: { kind: 'message', text: '<img src=x onerror=alert(1)>' },
      stderrTail: ['</code></pre><script>alert(2)</script>', 'last line'],
    };
    const run = running(two, ({ configuration }) => (configuration.id === 'c1' ? outcome : 800));
    const text = page(viewOf(run));
    expect(text).to.contain('Failures: 3').and.to.contain('last line');
    expect(text).to.contain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.to.match(/<img|<script>/);
  });

  it('says what is true of a run without one counted trial', () => {
    const failed: Outcome = { kind: 'timed-out', limitSeconds: 60 };
    for (const madeUp of [() => failed, () => undefined]) {
      const text = page(viewOf(runRecord(two, madeUp)));
      expect(text.includes('the last words')).to.equal(madeUp() !== undefined);
      expect(text).to.contain('Nothing can be said yet about any configuration');
      expect(text).not.to.match(/NaN|Infinity|undefined|null</);
    }
  });

  it('shows a run of one configuration', () => {
    const one = 'version: 1\nname: one\ndata: { records: 9000 }\ndesign: { blocks: 2 }\n';
    const text = page(viewOf(runRecord(one, () => 800)));
    expect(text).to.contain('There is nothing to compare the baseline with.');
    expect(text).to.contain('4 of 4 trials. Complete.').and.not.to.contain('Now:');
  });

  it('stays small with a thousand configurations', () => {
    const levels = (count: number) =>
      Array.from({ length: count }, (_, index) => index + 1).join(', ');
    const many = `version: 1
name: many
data: { records: 90000 }
factors: { spark.sql.shuffle.partitions: [${levels(32)}], source.maxOffsetsPerTrigger: [${levels(31)}] }
design: { blocks: 2, kind: grid, confirm: off }
`;
    const run = running(many, ({ block, id }) =>
      block === 1 && id.endsWith('0') ? 800 : undefined,
    );
    expect(run.plan.configurations.length).to.be.greaterThan(990);
    const text = page(viewOf(run));
    expect(text.length).to.be.lessThan(200_000);
    expect(text).to.match(/The fastest 100 of 99\d configurations/);
    expect(text).to.match(/100 of 99\d trials, around the one that is running/);
  });

  it('takes names in other scripts, and HTML in them, as they are', () => {
    const name = '<b>Ночь</b> "夜" & \u202eevil';
    const run = running(two, () => 800);
    const experiment = { ...run.experiment, name, description: name };
    const view = viewOf({ ...run, experiment });
    const text = page(view);
    expect(text).to.contain('&lt;b&gt;Ночь&lt;/b&gt; &quot;夜&quot; &amp; \\u202eevil');
    expect(text).not.to.contain('<b>Ночь');
  });

  it('tells a screen reader of blocks, failures and the end, not of batches', () => {
    const run = running(two, ({ block }) => (block < 2 ? 800 : undefined));
    const [first, second] = run.blocks[1]?.launches.flatMap(({ trials }) => trials) ?? [];
    const said = (view: LiveView) => /<p id="said"[^>]*>([^<]*)</.exec(page(view))?.[1];
    expect(said(viewOf(run, first?.id))).to.equal('Block 2 of 3 is running. No failures.');
    expect(said(viewOf(run, second?.id))).to.equal(said(viewOf(run, first?.id)));
    expect(said(viewOf({ ...run, state: 'interrupted' }))).to.match(
      /^The run has ended\. Interrupted/,
    );
  });
});
