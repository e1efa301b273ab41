import { expect } from 'chai';
import { executorSentences } from '../../../src/report/words/run/executor-text.js';
import { toPlainText } from '../../../src/report/words/sentence.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: shared
factors: { spark.sql.shuffle.partitions: [32, 4] }
design: { blocks: 1 }
`;

describe('how trials were run, in words', () => {
  const { trials } = runRecord(text, () => 1_000);

  it('is nothing where each had a process of its own', () => {
    expect(executorSentences(trials)).to.deep.equal([]);
  });

  it('says how trials of a driver took turns, and that the machine was not read', () => {
    const burnIn = { seconds: 90, trials: 8, isFlat: true, rates: [] };
    const told = trials.map((one, index) => ({
      ...one,
      session: {
        ...({ driver: 1, startedFor: 'first', place: index + 1, burnIn, figures: null } as const),
        turns: 6 + (index % 2),
      },
    }));
    const [driver, turns] = executorSentences(told).map(toPlainText);
    expect(driver).to.match(/^One live driver ran \d trials, those of a block in turns, each in a/);
    expect(turns).to.match(/^A trial had 6 to 7 turns, .* its speed was not read\./);
  });

  it('says of a script that cannot take turns why, and that its trials followed each other', () => {
    const burnIn = { seconds: 90, trials: 8, isFlat: true, rates: [] };
    const told = trials.map((one, index) => ({
      ...one,
      session: {
        ...({ driver: 1, startedFor: 'first', place: index + 1, burnIn, figures: null } as const),
        ...{ turns: 1, inOneGo: ['it keeps data cached'] },
      },
    }));
    const [driver, ...others] = executorSentences(told).map(toPlainText);
    expect(driver).to.match(/^One live driver ran \d trials, one after another, each in a/);
    expect(others).to.deep.equal([
      `${String(trials.length)} trials took no turns, because of what the script does: it keeps data cached. Each had the driver to itself from its start to its end.`,
    ]);
  });

  it('names the trial that found that its script cannot share a driver, and why', () => {
    const reasons = ['it has left a table', 'it uses the JVM itself (job.py:4)'];
    const told = trials.map((one, index) => (index === 1 ? { ...one, unfit: reasons } : one));
    const id = trials[1]?.trial.id ?? '';
    expect(executorSentences(told).map(toPlainText)).to.deep.equal([
      `From ${id} on, each trial has had a process of its own, because the script cannot share a driver: it has left a table; it uses the JVM itself (job.py:4).`,
    ]);
  });
});
