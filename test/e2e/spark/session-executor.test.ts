import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judgeTrial } from '../../../src/measure/judge-trial.js';
import type { TrialEvidence } from '../../../src/model/trial/executor.js';
import type { Trial } from '../../../src/model/trial/plan.js';
import { makeCalls, realSessions, sessionTrial } from '../../helpers/real-sessions.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const records = 4_000;
const calls = { topic: 'session-calls', records };

describe('the session executor', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  const trials = [
    sessionTrial(1, { 'spark.sql.shuffle.partitions': 2 }),
    sessionTrial(2, { 'spark.sql.shuffle.partitions': 3, 'source.maxOffsetsPerTrigger': 800 }),
    sessionTrial(3, { 'spark.sql.shuffle.partitions': 'many' }),
    sessionTrial(4, { 'spark.sql.shuffle.partitions': 2, 'job.aggregation': 'by-type' }),
  ];
  const evidence: TrialEvidence[] = [];
  const pids: number[] = [];
  before(async () => {
    await makeCalls(calls);
    await using executor = await realSessions(calls, { folder, burnInTrials: 1 });
    const context = { directoryOf, signal, onProcess: (pid: number) => pids.push(pid) };
    await using launch = await executor.open({ trials }, context);
    for (const trial of trials) {
      mkdirSync(directoryOf(trial));
      evidence.push(await launch.run(trial, () => undefined));
    }
  });

  function directoryOf({ id }: Trial): string {
    return join(folder, id);
  }

  it('runs all of its trials in one process, warmed before the first', () => {
    expect(pids).to.have.lengthOf(1);
    expect(evidence.map(({ session }) => session?.place)).to.deep.equal([1, 2, 3, 4]);
    expect(evidence[0]?.session?.burnIn.trials).to.equal(1);
    expect(evidence[0]?.session?.burnIn.rates).to.have.lengthOf(1);
  });

  it('keeps no Kafka client from one trial to the next', () => {
    const clients = evidence.map(({ session }) => session?.figures?.kafkaClients);
    expect(clients).to.deep.equal([0, 0, 0, 0]);
    const errors = readFileSync(join(directoryOf(trials[0]!), 'stderr.log'), 'utf8');
    expect(errors).not.to.contain('streamtune could not');
  });

  it('gives each trial its own settings, source and query', () => {
    const tasks = evidence.map(({ events }) => events.find(({ kind }) => kind === 'tasks'));
    expect(tasks.map((event) => event?.kind === 'tasks' && event.stages)).to.deep.equal([
      [2, 2],
      [2, 3],
      false,
      [2, 2],
    ]);
    expect(evidence.map(({ events }) => rowsOf(events))).to.deep.equal([
      records,
      records,
      0,
      records,
    ]);
    expect(evidence.map(({ events }) => batchesOf(events))).to.deep.equal([10, 5, 0, 10]);
    expect(evidence[1]?.effectiveConf).to.include({ 'spark.sql.shuffle.partitions': '3' });
    expect(evidence[3]?.effectiveConf).to.include({ 'spark.sql.shuffle.partitions': '2' });
  });

  it('says which setting Spark would not take, and goes on with the next trial', () => {
    const [, , refused, last] = evidence.map((one, index) =>
      judgeTrial({
        knobs: trials[index]?.configuration.knobs ?? {},
        evidence: one,
        machine: null,
        measurement: null,
      }),
    );
    expect(JSON.stringify(refused)).to.include('spark.sql.shuffle.partitions');
    expect(last).to.deep.include({ kind: 'invalid' });
  });

  it('leaves the files of a trial that had a process of its own', () => {
    const [first] = trials;
    expect(first === undefined ? [] : readdirSync(directoryOf(first))).to.have.members([
      ...['canary.log', 'canary.ndjson', 'data_stream.py', 'driver-stderr.log'],
      ...['driver-stdout.log', 'effective-conf.json', 'progress.ndjson', 'request.json'],
      ...['result.json', 'session.json', 'stderr.log', 'stdout.log'],
    ]);
    expect(readFileSync(join(folder, 'b1-t1-c1', 'request.json'), 'utf8')).to.include(
      'session_driver.py',
    );
    expect(readdirSync(join(folder, 'work'))).to.deep.equal([]);
  });
});

function rowsOf(events: TrialEvidence['events']): number {
  return events.reduce(
    (sum, event) => sum + (event.kind === 'progress' ? event.progress.numInputRows : 0),
    0,
  );
}

function batchesOf(events: TrialEvidence['events']): number {
  return events.filter((event) => event.kind === 'progress' && event.progress.numInputRows > 0)
    .length;
}
