import { expect } from 'chai';
import { ownTopic, topicInputs } from '../../../src/execution/topic-inputs.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { runRecord } from '../../helpers/run-record.js';

const inputs = (text: string) =>
  Object.fromEntries(
    topicInputs(runRecord(`version: 1\nname: x\n${text}`, () => undefined).plan, {
      runId: '01234567',
      dataset: 'abc',
    }),
  );

describe('topicInputs', () => {
  it('gives all configurations that need the same bytes the same topic', () => {
    const found = inputs('knobs: { topic.partitions: 4 }\nfactors: { spark.x: [1, 2] }\n');
    const topic = { topic: 'streamtune-01234567-abc-p4', partitions: 4 };
    expect(found).to.deep.equal({ baseline: topic, aa: topic, c1: topic });
  });

  it('gives each number of partitions a topic, also where the experiment names it', () => {
    expect(inputs('factors: { topic.partitions: [1, 8] }\n')).to.deep.equal({
      baseline: { topic: 'streamtune-01234567-abc-p1', partitions: 1 },
      aa: { topic: 'streamtune-01234567-abc-p1', partitions: 1 },
      c1: { topic: 'streamtune-01234567-abc-p8', partitions: 8 },
    });
    expect(
      inputs('knobs: { topic.name: calls }\nfactors: { topic.partitions: [1, 8] }\n'),
    ).to.deep.equal({
      baseline: { topic: 'calls-p1', partitions: 1 },
      aa: { topic: 'calls-p1', partitions: 1 },
      c1: { topic: 'calls-p8', partitions: 8 },
    });
  });

  it('takes a name as it is where one topic is enough', () => {
    const found = inputs('knobs: { topic.name: com.udacity.sfcrime.pdcalls }\n');
    expect(found).to.deep.equal({
      baseline: { topic: 'com.udacity.sfcrime.pdcalls', partitions: 1 },
      aa: { topic: 'com.udacity.sfcrime.pdcalls', partitions: 1 },
    });
  });

  it('gives a trial topics of its own, which no other run has', () => {
    const trial = trialsOf(runRecord('version: 1\nname: x\n', () => undefined).plan)[0]!;
    const names = ['01234567', '89abcdef'].map((runId) => ownTopic(runId, trial, 'counts'));
    expect(names[0]).to.equal(`streamtune-01234567-${trial.id}-counts`);
    expect(names[1]).not.to.equal(names[0]);
  });
});
