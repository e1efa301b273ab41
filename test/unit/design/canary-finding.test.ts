import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { lintExperiment } from '../../../src/run/findings/lint-experiment.js';

describe('a canary that reads nothing', () => {
  const rulesOf = (text: string) => {
    const experiment = parseExperiment({
      text: `version: 1
name: turns
factors: { spark.sql.shuffle.partitions: [2, 4] }
knobs: { source.maxOffsetsPerTrigger: 1000, job.sink: noop }
${text}`,
      file: 'test.yaml',
    });
    const { configurations } = planExperiment(experiment);
    return lintExperiment(experiment, configurations, 30_000).map(({ rule }) => rule);
  };

  it('is told where all trials take turns', () => {
    expect(rulesOf('executor: session\nmeasurement: { canary: on }\n')).to.include('canary-unread');
    expect(rulesOf('executor: session\nmeasurement: { canary: auto }\n')).to.include(
      'canary-unread',
    );
  });

  it('is nothing to tell where it is off, or where trials run by themselves', () => {
    for (const text of [
      'executor: session\n',
      'measurement: { canary: on }\n',
      'executor: auto\nmeasurement: { canary: on }\n',
      'executor: session\nmeasurement: { canary: on, window: 30s }\n',
    ]) {
      expect(rulesOf(text), text).not.to.include('canary-unread');
    }
  });
});
