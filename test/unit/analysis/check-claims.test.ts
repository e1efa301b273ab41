import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { markInert } from '../../../src/knobs/mark-inert.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { renderAnswers } from '../../../src/report/markdown/answers.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { renderSummary } from '../../../src/report/summary-json.js';
import { runRecord, type MadeUp } from '../../helpers/run-record.js';

const claim = (setting: string, direction: string) =>
  `  - { says: "${direction} with <b>", source: "https://example.org/${direction}", setting: { ${setting} }, direction: ${direction} }`;
const partitions = (level: number) => `spark.sql.shuffle.partitions: ${String(level)}`;
const text = `version: 1
name: claims
knobs: { spark.master: 'local[2]' }
factors:
  spark.sql.shuffle.partitions: [200, 10, 5, 400, 100]
  spark.streaming.kafka.maxRatePerPartition: [null, 100]
design: { kind: one-at-a-time, blocks: 6, confirm: off }
measurement: { warmup: 1s }
claims:
${[10, 5, 400, 100]
  .flatMap((level) =>
    ['faster', 'slower', 'no-difference'].map((way) => claim(partitions(level), way)),
  )
  .join('\n')}
${['faster', 'slower', 'no-difference'].map((way) => claim('spark.streaming.kafka.maxRatePerPartition: 100', way)).join('\n')}
`;

/** 10 halves the time of a batch, 5 changes nothing, 400 doubles it, and of 100 nobody can tell. */
const speed: MadeUp = ({ block, configuration: { id, levels } }) => {
  const level = Number(levels['spark.sql.shuffle.partitions']);
  const noise = ((block * 7 + id.length * 3) % 5) - 2;
  if (level === 100) return 500 * (block % 2 === 0 ? 1.5 : 0.7) + noise;
  return (level === 10 ? 250 : level === 400 ? 1_000 : 500) + noise;
};

/** A run whose plan knows which settings are never read. */
function recordOf(madeUp: MadeUp): RunRecord {
  const run = runRecord(text, madeUp);
  const plan = planExperiment(run.experiment, (all) =>
    markInert(all, { sparkVersion: '4.0.0', stateful: true }),
  );
  const planned = new Set(trialsOf(plan).map(({ configuration }) => configuration.id));
  const trials = run.trials.filter(({ trial }) => planned.has(trial.configuration.id));
  return { ...run, plan, trials };
}

describe('claims of others', () => {
  const model = analyseRun(recordOf(speed));
  const outcomesOf = (level: number) =>
    model.claims
      .filter(({ claim: { key, level: one } }) => one === level && key.endsWith('partitions'))
      .map(({ outcome }) => outcome);

  it('are confirmed or refuted by what is decided', () => {
    expect(outcomesOf(10)).to.have.ordered.members(['confirmed', 'refuted', 'refuted']);
    expect(outcomesOf(400)).to.have.ordered.members(['refuted', 'confirmed', 'refuted']);
    expect(outcomesOf(5)).to.have.ordered.members(['refuted', 'refuted', 'confirmed']);
  });

  it('are left open where a run cannot tell, whatever they say', () => {
    expect(new Set(outcomesOf(100))).to.deep.equal(new Set(['not-told-apart']));
    const early = analyseRun(recordOf((trial) => (trial.block > 2 ? undefined : speed(trial))));
    expect(early.judgedAt).to.equal(null);
    const judged = early.claims.filter(({ verdict }) => verdict?.kind !== 'inert');
    expect(new Set(judged.map(({ outcome }) => outcome))).to.deep.equal(
      new Set(['not-told-apart']),
    );
  });

  it('cannot act where the setting is never read, which confirms that it does nothing', () => {
    const ofRate = model.claims.filter(({ claim: { key } }) => key.includes('maxRate'));
    expect(ofRate.map(({ outcome }) => outcome)).to.have.ordered.members([
      'cannot-act',
      'cannot-act',
      'confirmed',
    ]);
  });

  it('stand in the answers, the summary and the page, each with its source', () => {
    const summary = JSON.parse(renderSummary(model)) as { claims: { outcome: string }[] };
    expect(summary.claims).to.have.length(15);
    expect(summary.claims[0]).to.include({ outcome: 'confirmed', verdict: 'better', level: 10 });
    const answers = renderAnswers(model);
    expect(answers).to.contain('## What others say of these settings');
    expect(answers).to.match(
      /partitions = 10 \| faster with \\<b> \| better, .* \| confirmed \| https:\/\/example.org\/faster/,
    );
    const page = renderHtml(model);
    expect(page).to.contain(
      '<a href="https://example.org/faster" rel="noreferrer">example.org</a>',
    );
    expect(page).not.to.contain('<b>');
    expect(page).to.contain('cannot act');
  });

  it('say that nothing was measured, or nothing can be trusted, where it is so', () => {
    const run = recordOf(speed);
    const simulated = { ...run, manifest: { ...run.manifest, simulation: 'world.yaml' } };
    expect(renderAnswers(analyseRun(simulated))).to.contain('Simulated: nothing was measured.');
  });

  it('leave no trace where an experiment has none', () => {
    const none = analyseRun(runRecord(text.slice(0, text.indexOf('claims:\n')), speed));
    expect(none.claims).to.deep.equal([]);
    expect(renderAnswers(none) + renderHtml(none)).not.to.contain('others say');
  });
});
