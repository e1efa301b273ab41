import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { executorOfBlock } from '../../../src/design/executor-of-block.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';

function read(text: string) {
  return parseExperiment({ text: `version: 1\nname: shared\n${text}`, file: 'test.yaml' });
}

const shuffle = 'spark.sql.shuffle.partitions';
const hot = 'factors: { spark.sql.shuffle.partitions: [32, 4, 2] }\n';
const screened = `${hot}design: { blocks: 3, confirm: { top: 1, screeningBlocks: 2 } }\n`;

describe('the executor of a block', () => {
  const ofBlocks = (text: string) => {
    const experiment = read(text);
    const { screening, blocks } = planExperiment(experiment);
    return blocks.map(({ number }) => executorOfBlock(experiment, screening, number));
  };

  it('gives each trial a process of its own unless the experiment says otherwise', () => {
    expect(new Set(ofBlocks(hot))).to.deep.equal(new Set(['submit']));
    expect(new Set(ofBlocks(`${hot}executor: submit\n`))).to.deep.equal(new Set(['submit']));
    expect(new Set(ofBlocks(`${hot}executor: session\n`))).to.deep.equal(new Set(['session']));
  });

  it('screens in sessions and judges by cold trials if it may choose', () => {
    expect(ofBlocks(`${screened}executor: auto\n`)).to.deep.equal([
      ...['session', 'session'],
      ...['submit', 'submit', 'submit'],
    ]);
    expect(new Set(ofBlocks(`${hot}executor: auto\n`))).to.deep.equal(new Set(['submit']));
  });

  it('screens by cold trials where a factor needs a new process', () => {
    const cold = screened.replace(
      'spark.sql.shuffle.partitions: [32, 4, 2]',
      'spark.driver.memory: [1g, 2g]',
    );
    expect(new Set(ofBlocks(`${cold}executor: auto\n`))).to.deep.equal(new Set(['submit']));
  });

  it('screens by cold trials where a warm driver tells something else of a factor', () => {
    const trigger = "trigger.processingTime: ['0 seconds', '1 second', '2 seconds']";
    const timed = screened.replace('spark.sql.shuffle.partitions: [32, 4, 2]', trigger);
    expect(new Set(ofBlocks(`${timed}executor: auto\n`))).to.deep.equal(new Set(['submit']));
  });

  it('screens by cold trials where warming a driver up would take longer than sessions save', () => {
    const few = screened
      .replace('screeningBlocks: 2', 'screeningBlocks: 1')
      .replace('32, 4,', '32,');
    expect(new Set(ofBlocks(`${few}executor: auto\n`))).to.deep.equal(new Set(['submit']));
    const long = `${screened}knobs: { source.maxOffsetsPerTrigger: 2000, job.sink: memory }\nexecutor: auto\n`;
    expect(new Set(ofBlocks(long)), 'trials of minutes').to.deep.equal(new Set(['submit']));
    const many = few.replace('screeningBlocks: 1', 'screeningBlocks: 4');
    expect(ofBlocks(`${many}executor: auto\n`)[0]).to.equal('session');
  });

  it('screens a script in sessions, unless a factor is handed over in its environment', () => {
    const script = (env: string) =>
      ofBlocks(
        `${screened}executor: auto\njob: { script: job.py, args: ["\${${shuffle}}"]${env} }\n`,
      );
    expect(script('')[0]).to.equal('session');
    expect(script(', env: { STAGE: test }')[0]).to.equal('session');
    expect(script(`, env: { SIZE: "\${${shuffle}}" }`)[0]).to.equal('submit');
  });

  it('refuses what a session cannot run, with the reason', () => {
    const refused = (text: string, words: RegExp) => {
      expect(() => read(`executor: session\n${text}`)).to.throw(words);
    };
    refused(
      'job: { jar: job.jar }\n',
      /jar brings its own main program, .* process of its own; use executor: submit/,
    );
    const inEnv = 'job: { script: job.py, env: { RATE: "${job.rate}" } }\n';
    refused(
      `${inEnv}factors: { job.rate: [1, 2] }\n`,
      /job\.env hands job\.rate over, .*running driver cannot take/,
    );
    refused('measurement: { mode: offered, rate: 10, window: 60s }\n', /offered load/);
    const elsewhere = 'spark.master: "spark://host:7077", spark.submit.deployMode: cluster';
    refused(`knobs: { ${elsewhere} }\n`, /driver of a session runs on this machine/);
    expect(
      read(`executor: session\nknobs: { spark.master: "spark://host:7077" }\n`).executor,
    ).to.equal('session');
  });
});

describe('a block of trials that share drivers', () => {
  const idsOf = (text: string) =>
    planExperiment(read(`${text}executor: session\n`)).blocks.map(({ launches }) =>
      launches.map(({ trials }) => trials.map(({ configuration }) => configuration.id)),
    );

  it('is one launch if all factors are hot', () => {
    for (const launches of idsOf(hot)) {
      expect(launches).to.have.lengthOf(1);
      expect(launches[0]).to.have.members(['baseline', 'aa', 'c1', 'c2']);
    }
  });

  it('has a launch for each group of cold knobs, every trial in one of them', () => {
    const both =
      'factors: { spark.driver.memory: [1g, 2g], spark.sql.shuffle.partitions: [32, 4] }\n';
    for (const launches of idsOf(both)) {
      expect(launches).to.have.lengthOf(2);
      expect(launches.flat()).to.have.members(['baseline', 'aa', 'c1', 'c2', 'c3']);
      const ofBaseline = launches.find((ids) => ids.includes('baseline'));
      expect(ofBaseline).to.have.members(['baseline', 'aa', 'c1']);
    }
  });

  it('keeps the order of its trials different from block to block', () => {
    const orders = idsOf(hot).map((launches) => launches.flat().join(' '));
    expect(new Set(orders).size).to.be.greaterThan(1);
  });
});
