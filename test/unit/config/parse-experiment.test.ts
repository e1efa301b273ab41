import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { messageOf } from '../../../src/model/harness-error.js';

const good = `version: 1
name: sample
factors:
  spark.sql.shuffle.partitions: [200, 10]
`;

function problemsOf(text: string): string {
  try {
    parseExperiment({ text, file: 'x.yaml' });
  } catch (error) {
    return messageOf(error);
  }
  return 'no problem';
}

describe('parseExperiment', () => {
  it('fills in every default', () => {
    const experiment = parseExperiment({ text: good, file: 'x.yaml' });
    expect(experiment.baseline).to.deep.equal({ 'spark.sql.shuffle.partitions': 200 });
    expect(experiment.design).to.deep.equal({ kind: 'grid', blocks: 4, seed: 1, placebo: 'skip' });
    expect(experiment.data).to.deep.equal({ kind: 'generated', records: 100_000, seed: 1 });
    expect(experiment.measurement).to.deep.equal({
      warmupSeconds: 8,
      sessionWarmupSeconds: 0,
      timeLimitSeconds: 300,
      diskReserveBytes: 500_000_000,
      memoryReserveBytes: 200_000_000,
      canary: false,
      mode: 'drain',
    });
    expect(experiment.stopping).to.deep.equal({ delta: 0.05, interimLooks: [4] });
  });

  const wrong: readonly (readonly [title: string, text: string, message: string])[] = [
    [
      'an unknown key',
      `${good}desing: {}\n`,
      'x.yaml:5:1: unknown key "desing". Did you mean design?',
    ],
    [
      'an unknown scope',
      good.replace('spark.sql', 'sparks.sql'),
      'x.yaml:4:3: "sparks.sql.shuffle.partitions" has no known scope. Did you mean spark.sql.shuffle.partitions?',
    ],
    [
      'a number as text',
      `${good}design:\n  blocks: two\n`,
      'x.yaml:6:11: design.blocks must be a whole number, not "two"',
    ],
    [
      'a Spark version that YAML takes for a number',
      `${good}spark:\n  version: 4.0\n`,
      'x.yaml:6:12: spark.version must be text (in quotes), not 4; expected: An exact version, three numbers. If omitted: 4.2.0, or 3.5.7 if there is no Java.',
    ],
    [
      'a password that stands there',
      `${good}knobs:\n  spark.ssl.keyPassword: hunter2\n`,
      'x.yaml:6:26: spark.ssl.keyPassword is a password; write ${env:NAME} or ${file:PATH} in its place, and keep the value out of this file',
    ],
    [
      'a password that every process could read',
      `${good}knobs:\n  spark.driver.extraJavaOptions: -Dpw=\${env:PW}\n`,
      'x.yaml:6:34: spark.driver.extraJavaOptions stands in the process list, so it takes no password',
    ],
    [
      'a password for what needs none',
      `${good}knobs:\n  job.window: \${env:PW}\n`,
      'x.yaml:6:15: job.window takes no password; spark.* and source.* do',
    ],
    [
      'half a reference',
      `${good}knobs:\n  source.kafka.group.id: "\${env:}"\n`,
      'x.yaml:6:26: source.kafka.group.id holds no complete reference; write ${env:NAME} or ${file:PATH}',
    ],
    [
      'more configurations than anybody can wait for',
      `version: 1\nname: x\nfactors:\n${['a', 'b', 'c', 'd'].map((key) => `  spark.${key}: [1, 2, 3, 4, 5, 6]\n`).join('')}`,
      'x.yaml:3:1: the factors make 1,296 configurations, more than 1,000; use fewer levels, or design.kind: one-at-a-time',
    ],
    ['an empty file', '', 'x.yaml:1:1: the experiment must be a mapping, not null'],
    ['a duplicate key', `${good}name: twice\n`, 'x.yaml:5:1: Map keys must be unique'],
    [
      'a baseline outside the levels',
      `${good}baseline:\n  spark.sql.shuffle.partitions: 7\n`,
      'x.yaml:6:33: 7 is no level of spark.sql.shuffle.partitions; its levels are 200, 10',
    ],
    [
      'a knob that is constant and a factor',
      `${good}knobs:\n  spark.sql.shuffle.partitions: 7\n`,
      'x.yaml:4:3: spark.sql.shuffle.partitions stands under knobs as well; a knob is either constant or a factor',
    ],
  ];
  for (const [title, text, message] of wrong) {
    it(`names the place of ${title}`, () => {
      expect(problemsOf(text)).to.equal(message);
    });
  }
});
