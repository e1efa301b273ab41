import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { analyseRun } from '../../src/analysis/analyse-run.js';
import type { SessionRecord } from '../../src/model/session-record.js';
import { projectPath } from '../../src/process/project-paths.js';
import { renderSummary } from '../../src/report/summary-json.js';
import { runRecord, type MadeUp } from '../helpers/run-record.js';

const schema = JSON.parse(
  readFileSync(projectPath('schemas/summary.schema.json'), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  schema,
);

const experiment = `version: 1
name: made-up
factors: { spark.sql.shuffle.partitions: [200, 10] }
design: { blocks: 2 }
`;

describe('summary.json', () => {
  const runs: readonly (readonly [string, MadeUp])[] = [
    ['a complete run', ({ block }) => 300 + block],
    ['a run that has not begun', () => undefined],
    ['one block', ({ block }) => (block === 1 ? 300 : undefined)],
    ['failed trials', () => ({ kind: 'invalid', cause: { kind: 'no-query' } })],
  ];
  for (const [what, madeUp] of runs) {
    it(`follows its schema for ${what}`, () => {
      const summary: unknown = JSON.parse(renderSummary(analyseRun(runRecord(experiment, madeUp))));
      expect(validate(summary), JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  const screened = experiment
    .replace('[200, 10]', '[200, 10, 5], spark.driver.memory: [1g, 2g]')
    .replace('blocks: 2', 'blocks: 3, confirm: { top: 1, screeningBlocks: 2 }');
  const speed: MadeUp = ({ block, configuration: { levels } }) =>
    (levels['spark.sql.shuffle.partitions'] === 5 ? 2_000 : 3_000) -
    (levels['spark.driver.memory'] === '2g' ? 400 : 0) +
    block;
  for (const [what, blocks] of [
    ['its screening', 1],
    ['its choice', 2],
    ['its confirmation', 5],
  ] as const) {
    it(`follows its schema after ${what}`, () => {
      const run = runRecord(screened, (trial) => (trial.block > blocks ? undefined : speed(trial)));
      const model = analyseRun({ ...run, state: 'out-of-time' });
      expect(model.screening?.isOver).to.equal(blocks > 1);
      expect(model.ablations).to.have.length(blocks > 2 ? 2 : 0);
      const summary: unknown = JSON.parse(renderSummary(model));
      expect(validate(summary), JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  it('follows its schema where canary: auto could not decide', () => {
    const run = runRecord(`${experiment}measurement: { canary: auto }\n`, () => 300);
    const session: SessionRecord = {
      ...{ driver: 1, startedFor: 'first', place: 1, figures: null, turns: 7 },
      burnIn: { seconds: 1, trials: 1, isFlat: true, rates: [] },
    };
    const trials = run.trials.map((one) => ({ ...one, session }));
    const summary: unknown = JSON.parse(renderSummary(analyseRun({ ...run, trials })));
    expect(validate(summary), JSON.stringify(validate.errors)).to.equal(true);
    expect(summary).to.have.nested.property('detection.canaryUnread', true);
  });

  it('follows its schema for a script with several queries and settings of its own', () => {
    const run = runRecord(experiment, () => 300);
    const queries = {
      each: [{ name: 'q', rowsPerSecond: 1, batchMs: null, inputRows: 2 }],
      together: null,
    };
    const settings = [{ key: 'spark.a', asked: '1', given: null, where: 'job.py:3' }];
    const script = { settings, children: [], raised: null, endedEarly: false };
    const trials = run.trials.map((one) => ({
      ...one,
      script,
      measurement: one.measurement === null ? null : { ...one.measurement, queries },
    }));
    const model = analyseRun({ ...run, trials });
    expect(model.rows[0]?.queries).to.deep.equal(queries);
    const summary: unknown = JSON.parse(renderSummary(model));
    expect(validate(summary), JSON.stringify(validate.errors)).to.equal(true);
    expect(summary).to.have.nested.property('settings[0].words[0]', 'absent');
  });

  it('is refused by its schema with a key too many or a key too few', () => {
    const text = renderSummary(analyseRun(runRecord(experiment, () => 300)));
    const summary = JSON.parse(text) as Record<string, unknown>;
    expect(validate({ ...summary, surplus: 1 })).to.equal(false);
    for (const key of Object.keys(summary)) {
      const { [key]: _left, ...rest } = summary;
      expect(validate(rest), key).to.equal(false);
    }
  });
});
