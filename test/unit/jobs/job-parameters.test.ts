import { expect } from 'chai';
import type { Assignment } from '../../../src/model/knob.js';
import { jobKnobProblems } from '../../../src/jobs/template/job-knob-problems.js';
import { jobParameters } from '../../../src/jobs/template/job-parameters.js';

describe('jobParameters', () => {
  it('fills in the defaults, and reads the topic from its beginning', () => {
    const parameters = jobParameters({});
    expect(parameters).to.include({
      aggregation: 'by-type-window',
      sink: 'noop',
      outputMode: 'update',
      triggerArgument: 'availableNow',
      triggerValue: true,
      endsByItself: true,
    });
    expect([...parameters.sourceOptions]).to.deep.equal([['startingOffsets', 'earliest']]);
  });

  it('takes a trigger from its knob, and knows which never end by themselves', () => {
    const every = jobParameters({ 'trigger.processingTime': '2 seconds' });
    expect(every).to.include({ triggerArgument: 'processingTime', endsByItself: false });
    expect(jobParameters({ 'trigger.once': true })).to.include({
      triggerArgument: 'once',
      endsByItself: true,
    });
    expect(jobParameters({ 'trigger.processingTime': null })).to.include({ endsByItself: true });
  });

  it('writes Parquet in append mode, the only one that it takes', () => {
    expect(jobParameters({ 'job.sink': 'parquet' }).outputMode).to.equal('append');
  });
});

describe('jobKnobProblems', () => {
  const wrong: readonly (readonly [Assignment, RegExp])[] = [
    [{ 'job.sinc': 'noop' }, /job\.sinc is no knob of the template; it knows aggregation, sink/],
    [{ 'trigger.processing': '1 s' }, /trigger\.processing is no knob/],
    [{ 'topic.replicas': 3 }, /topic\.replicas is no knob/],
    [{ 'topic.partitions': 'four' }, /topic\.partitions is "four", not a whole number/],
    [{ 'topic.partitions': 0 }, /topic\.partitions is "0"/],
    [{ 'trigger.processingTime': '1 s' }, /"1 s", not a length of time/],
    [{ 'job.window': '0 seconds' }, /job\.window is "0 seconds", which is no time at all/],
    [{ 'job.watermark': '-1 hour' }, /which is less than nothing/],
    [{ 'job.outputTopic': '..' }, /job\.outputTopic is "\.\."; Kafka takes up to 249/],
    [{ 'topic.name': 'a/b' }, /topic\.name is "a\/b"; Kafka takes letters/],
    [{ 'job.sink': 'delta' }, /job\.sink is "delta", not one of console, noop/],
    [{ 'trigger.once': true, 'trigger.processingTime': '1 s' }, /Only one trigger/],
    [{ 'trigger.continuous': '1 second' }, /^Continuous processing knows no aggregations/],
    [{ 'trigger.realTime': '5 minutes' }, /^Real-time mode knows no aggregations in Spark 4\.2/],
    [{ 'job.sink': 'parquet', 'job.outputMode': 'update' }, /takes the output mode append only/],
    [{ 'job.aggregation': 'by-type', 'job.outputMode': 'append' }, /has no watermark/],
    [{ 'job.aggregation': 'by-type', 'job.sink': 'parquet' }, /has no watermark/],
  ];
  for (const [knobs, message] of wrong) {
    it(`refuses ${JSON.stringify(knobs)}`, () => {
      expect(jobKnobProblems(knobs).join(' ')).to.match(message);
    });
  }

  it('has nothing to say about what can run', () => {
    const knobs = {
      'job.sink': 'kafka',
      'trigger.processingTime': '1 second',
      'trigger.once': false,
    };
    expect(jobKnobProblems(knobs)).to.deep.equal([]);
  });
});
