import { expect } from 'chai';
import { oneOffExperiment } from '../../../src/config/one-off-experiment.js';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { HarnessError } from '../../../src/model/harness-error.js';

const call = 'streamtune run';
const made = (params: string[], knobs: string[] = []) => {
  const text = oneOffExperiment({ params, knobs, call });
  return { text, experiment: parseExperiment({ text, file: 'one-off.yaml' }) };
};
const problemOf = (params: string[], knobs: string[] = []) => {
  try {
    made(params, knobs);
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('it is taken');
};

describe('a one-off experiment', () => {
  it('varies what is asked for, and leaves the rest as in quick.yaml', () => {
    const { experiment, text } = made(
      ['spark.sql.shuffle.partitions=4,32'],
      ['source.maxOffsetsPerTrigger=2500'],
    );
    expect(experiment.name).to.equal('one-off');
    expect(experiment.factors).to.deep.equal([
      { key: 'spark.sql.shuffle.partitions', levels: [4, 32] },
    ]);
    expect(experiment.baseline).to.deep.equal({ 'spark.sql.shuffle.partitions': 4 });
    expect(experiment.knobs['source.maxOffsetsPerTrigger']).to.equal(2_500);
    expect(experiment.knobs['spark.master']).to.equal('local[2]');
    expect(experiment.data).to.include({ kind: 'generated' });
    expect(experiment.design.kind).to.equal('grid');
    expect(text).to.match(/^# Made by: streamtune run\n# From experiments\/quick\.yaml\n\nversion/);
    expect(text).to.contain('spark.sql.shuffle.partitions: [ 4, 32 ]');
  });

  it('takes a factor from the constants, and several factors', () => {
    const { experiment } = made([
      'spark.master=local[2],local[1]',
      'source.maxOffsetsPerTrigger=null,5000',
    ]);
    expect(Object.keys(experiment.knobs)).not.to.include.members(['spark.master']);
    expect(experiment.factors.map(({ levels }) => levels)).to.deep.equal([
      ['local[2]', 'local[1]'],
      [null, 5_000],
    ]);
  });

  it('reads levels as YAML does, and text with commas in quotes or brackets', () => {
    const { experiment } = made([
      'spark.a=true,false,null',
      'spark.b=8g,"1,5",\'4\',0.5',
      'spark.c=local-cluster[1,2,1024],007',
      'spark.d=2 seconds, 5 seconds',
    ]);
    expect(experiment.factors.map(({ levels }) => levels)).to.deep.equal([
      [true, false, null],
      ['8g', '1,5', '4', 0.5],
      ['local-cluster[1,2,1024]', '007'],
      ['2 seconds', '5 seconds'],
    ]);
  });

  it('refuses what it cannot compare or read, and says how to write it', () => {
    expect(problemOf(['spark.a=4']).hint)
      .to.contain('spark.a=null,4')
      .and.contain('--knob spark.a=4');
    expect(problemOf(['spark.a']).message).to.contain('KEY=LEVEL,LEVEL');
    expect(problemOf(['=4,5']).code).to.equal('USAGE');
    expect(problemOf(['spark.a=1,2'], ['spark.b=']).message).to.contain('KEY=LEVEL');
    expect(problemOf(['spark.a=1,2', 'spark.a=3,4']).message).to.contain('twice');
    expect(problemOf(['spark.a=1,2'], ['spark.a=3']).message).to.contain('twice');
    expect(problemOf(['sprak.a=1,2'])).to.include({ code: 'EXPERIMENT_INVALID' });
    expect(problemOf(['spark.a=1,1'])).to.include({ code: 'EXPERIMENT_INVALID' });
  });
});
