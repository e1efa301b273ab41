import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.js';
import { renderTerminal } from '../../../src/report/terminal-table.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: grown-cluster
knobs: { spark.master: 'spark://a:7077' }
design: { blocks: 2 }
`;

describe('a report of trials that ran with less than others', () => {
  const executor = (host: string) => ({ id: host, host, cores: 2 });

  it('names them, what they had, and the hosts that they lacked', () => {
    const run = runRecord(text, () => 100);
    const trials = run.trials.map((one, index) => ({
      ...one,
      executors: { gained: (index === 0 ? ['a'] : ['a', 'b']).map(executor), lost: [] },
    }));
    const model = analyseRun({ ...run, trials });
    const id = trials[0]?.trial.id ?? '';
    const words = `${id}: 1 executor (2 cores) instead of 2 executors (4 cores), fewer or none on b`;
    expect(renderMarkdown(model)).to.contain(words);
    expect(renderTerminal(model, 500)).to.contain(words);
  });

  it('says nothing where all had the same', () => {
    const run = runRecord(text, () => 100);
    const executors = { gained: [executor('a')], lost: [] };
    const model = analyseRun({ ...run, trials: run.trials.map((one) => ({ ...one, executors })) });
    expect(model.smallerTrials).to.deep.equal([]);
    expect(renderMarkdown(model)).not.to.contain('instead of');
  });
});
