import { expect } from 'chai';
import { scriptKnobProblems } from '../../../../src/jobs/script/script-knob-problems.js';
import { overridable, type ScriptJob } from '../../../../src/model/experiment.js';
import type { Assignment } from '../../../../src/model/knob.js';

const job: ScriptJob = {
  ...{ kind: 'script', script: '/a/job.py', args: [], pyFiles: [], env: {} },
  override: overridable,
};
const problems = (knobs: Assignment, parts: Partial<ScriptJob> = {}) =>
  scriptKnobProblems({ ...job, ...parts }, knobs);

describe('the knobs of a script', () => {
  it('can be those that reach it', () => {
    const knobs = {
      'spark.sql.shuffle.partitions': 4,
      'source.maxOffsetsPerTrigger': 500,
      'trigger.processingTime': '1 second',
      'job.sink': 'noop',
      'job.rate': 5,
      'topic.partitions': 4,
    };
    expect(problems(knobs, { env: { RATE: '${job.rate}' } })).to.deep.equal([]);
  });

  it('reach it by an override, an argument or the environment', () => {
    const [unhanded] = problems({ 'job.rate': 5 });
    expect(unhanded).to.match(/^job\.rate reaches the script in no way: .*\$\{job\.rate\}\.$/);
    const override = ['conf'] as const;
    expect(problems({ 'source.minPartitions': 4 }, { override })[0]).to.equal(
      'source.minPartitions has no effect, because job.override does not take in source.',
    );
    expect(problems({ 'trigger.once': true }, { override })[0]).to.contain('not take in trigger');
    expect(problems({ 'job.sink': 'noop' }, { override })[0]).to.contain('not take in sink');
    const args = ['${source.minPartitions}'];
    expect(problems({ 'source.minPartitions': 4 }, { override, args })).to.deep.equal([]);
    expect(problems({ 'source.minPartitions': null }, { override })).to.deep.equal([]);
  });

  it('have a value wherever a reference names them', () => {
    const args = ['${job.rate}', '${kafka.topic}', '${nothing.like.it}', '$x {y}'];
    expect(problems({}, { args })).to.deep.equal([
      '${job.rate} has no value: no knob or factor sets it.',
      '${nothing.like.it} is no reference; it names a knob (spark., source., trigger., topic., job.), or kafka.bootstrapServers, kafka.topic, kafka.outputTopic, kafka.startingOffsets, kafka.security.protocol, kafka.security.mechanism, kafka.security.ca, trial.checkpoint, trial.output.',
    ]);
  });

  it('must make sense to Spark and Kafka', () => {
    expect(problems({ 'job.sink': 'printer' })[0]).to.match(/^job\.sink is "printer", not one of /);
    expect(problems({ 'trigger.availablenow': true })[0]).to.contain(
      'is no knob of a script; it knows',
    );
    const both = { 'trigger.once': true, 'trigger.availableNow': true };
    expect(problems(both)[0]).to.match(/^Only one trigger/);
  });
});
