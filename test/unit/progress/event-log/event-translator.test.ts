import { expect } from 'chai';
import { eventTranslator } from '../../../../src/progress/event-log/event-translator.js';

const sql = 'org.apache.spark.sql.streaming.StreamingQueryListener$';
const environment = {
  Event: 'SparkListenerEnvironmentUpdate',
  'Spark Properties': { 'spark.master': 'local[2]', 'spark.sql.shuffle.partitions': '8' },
  'System Properties': { 'java.home': '/a' },
};
const started = { Event: `${sql}QueryStartedEvent`, id: 'q', runId: 'r', name: 'counts' };
const job = (batch: number, tasks: readonly number[]) => ({
  Event: 'SparkListenerJobStart',
  'Stage Infos': tasks.map((count, index) => ({ 'Stage ID': 9 - index, 'Number of Tasks': count })),
  Properties: {
    'spark.jobGroup.id': 'r',
    'streaming.sql.batchId': String(batch),
    'spark.sql.shuffle.partitions': '2',
    'spark.job.description': 'no setting',
    'spark.sql.execution.id': '7',
  },
});
const progress = (batchId: number) => ({
  Event: `${sql}QueryProgressEvent`,
  progress: { runId: 'r', batchId },
});

describe("the translation of Spark's event log", () => {
  const translated = (...lines: readonly object[]) => {
    const translate = eventTranslator();
    return lines.map((line) => translate(JSON.stringify(line)));
  };

  it("tells the queries' events as the launcher's listener does", () => {
    const told = translated(
      started,
      progress(0),
      { Event: `${sql}QueryIdleEvent`, id: 'q', runId: 'r' },
      { Event: `${sql}QueryTerminatedEvent`, id: 'q', runId: 'r', exception: 'why' },
      { Event: `${sql}QueryTerminatedEvent`, id: 'q', runId: 'r' },
    );
    expect(told.flatMap(({ events }) => events)).to.deep.equal([
      { event: 'started', id: 'q', runId: 'r', name: 'counts' },
      { event: 'progress', progress: { runId: 'r', batchId: 0 } },
      { event: 'idle', runId: 'r' },
      { event: 'terminated', runId: 'r', exception: 'why' },
      { event: 'terminated', runId: 'r', exception: null },
    ]);
  });

  it('tells the settings once there is a query, and what the program sets in its session', () => {
    const told = translated(environment, job(0, [1]), started, job(0, [2, 2]), job(1, [2, 2]));
    expect(told.map(({ settings }) => settings?.['spark.sql.shuffle.partitions'])).to.deep.equal([
      undefined,
      '2',
      '2',
      undefined,
      undefined,
    ]);
    expect(told[2]?.settings).to.have.all.keys('spark.master', 'spark.sql.shuffle.partitions');
    const before = translated(environment, started, job(0, [2, 2]));
    expect(before.map(({ settings }) => settings?.['spark.sql.shuffle.partitions'])).to.deep.equal([
      undefined,
      '8',
      '2',
    ]);
  });

  it('tells the tasks of the third batch, the reading stage first', () => {
    const told = translated(started, job(2, [2, 5]), progress(2), job(3, [1, 1]), progress(3));
    expect(told[2]?.events.at(-1)).to.deep.equal({ event: 'tasks', runId: 'r', stages: [5, 2] });
    expect(told[4]?.events).to.have.length(1);
  });

  it('passes over what is no event of a query, or is damaged', () => {
    const translate = eventTranslator();
    for (const line of ['', '{', '[]', '{"Event":1}', '{"Event":"SparkListenerJobStart"}']) {
      expect(translate(line)).to.deep.equal({ events: [] });
    }
  });
});
