import { expect } from 'chai';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import type { TrialEvidence } from '../../../src/model/trial/executor.js';
import type { Trial } from '../../../src/model/trial/plan.js';
import type { ProgressEvent } from '../../../src/model/trial/progress-event.js';
import {
  makeCalls,
  realSessions,
  sessionBatchRows,
  sessionMeasurement,
  sessionTrial,
} from '../../helpers/real-sessions.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const records = 8_000;
const calls = { topic: 'turn-calls', records };

describe('trials that take turns in a real driver', () => {
  const folder = temporaryFolder();
  const { signal } = testHost().host;
  let pids: number[] = [];

  before(() => makeCalls(calls));

  /** Runs the trials at the same time, in turns of three batches. */
  async function play(
    trials: readonly Trial[],
    onEvent: (event: ProgressEvent, trial: Trial) => void = () => undefined,
  ): Promise<TrialEvidence[]> {
    pids = [];
    const parts = { folder, burnInTrials: 0, recordsOfTurn: 3 * sessionBatchRows };
    await using executor = await realSessions(calls, parts);
    const context = { directoryOf, signal, onProcess: (pid: number) => pids.push(pid) };
    await using launch = await executor.open({ trials }, context);
    return await Promise.all(
      trials.map((trial) => {
        mkdirSync(directoryOf(trial));
        return launch.run(trial, (event) => {
          onEvent(event, trial);
        });
      }),
    );
  }

  function directoryOf({ id }: Trial): string {
    return join(folder, id);
  }

  it('have all their batches, and the result of a trial in one go, whatever the others do', async () => {
    const written = { 'job.sink': 'parquet', 'trigger.availableNow': true };
    const trials = [
      sessionTrial(1, { ...written, 'spark.sql.shuffle.partitions': 2 }),
      sessionTrial(2, { ...written, 'spark.sql.shuffle.partitions': 3 }),
      sessionTrial(3, { 'spark.sql.shuffle.partitions': 'many' }),
      sessionTrial(4, { 'spark.sql.shuffle.partitions': 2, 'job.aggregation': 'by-type' }),
    ];
    const [two, three, refused, other] = await play(trials);
    const [alone] = await play([
      sessionTrial(5, { ...written, 'spark.sql.shuffle.partitions': 2 }),
    ]);
    expect(pids).to.have.lengthOf(1);
    for (const [index, one] of [two, three, other].entries()) {
      expect(one?.end, String(index)).to.deep.equal({ kind: 'ended' });
      expect(batchIds(one)).to.deep.equal(Array.from({ length: 20 }, (_, id) => id));
      expect(one?.session?.turns).to.be.within(6, 7);
      const measured = measureEvidence(one!, {}, sessionMeasurement);
      expect(measured?.inputRows).to.equal(records);
      // The first does not count, and a turn begins without one that is longer.
      expect(measured?.counts.counted).to.equal(19);
      expect(resumed(one)).to.have.lengthOf(one!.session!.turns! - 1);
      expect(measured?.warnings).to.deep.equal([]);
      expect(one?.canary).to.deep.equal([]);
    }
    expect(refused?.end.kind).to.equal('ended');
    expect(refused?.events).to.deep.equal([]);
    const digests = [two, three, alone].map((one) =>
      one?.results?.map(({ state }) => state?.digest),
    );
    expect(digests[0]?.[0]).to.be.a('string');
    expect(digests).to.deep.equal([digests[0], digests[0], digests[0]]);
    expect(readdirSync(join(folder, 'work'))).to.deep.equal([]);
  });

  it('go on from their checkpoints when their driver is killed, all but the one that it ran', async () => {
    const trials = [6, 7, 8].map((number) => sessionTrial(number, {}));
    const evidence = await play(trials, (event) => {
      const isSecondTurn = event.kind === 'progress' && event.progress.heldMs !== undefined;
      if (isSecondTurn && pids.length === 1) process.kill(-pids[0]!, 'SIGKILL');
    });
    expect(pids).to.have.lengthOf(2);
    expect(evidence.filter(({ end }) => end.kind === 'failed')).to.have.lengthOf(1);
    for (const one of evidence.filter(({ end }) => end.kind === 'ended')) {
      expect(batchIds(one)).to.deep.equal(Array.from({ length: 20 }, (_, id) => id));
      expect(measureEvidence(one, {}, sessionMeasurement)?.inputRows).to.equal(records);
      expect(one.session).to.deep.include({ driver: 2, startedFor: 'ended' });
    }
  });
});

/** The first batches after a query was held. */
function resumed(one: TrialEvidence | undefined) {
  return (one?.events ?? []).filter(
    (event) => event.kind === 'progress' && event.progress.heldMs !== undefined,
  );
}

/** The batches that read records, in the order of their reports. */
function batchIds(one: TrialEvidence | undefined): readonly number[] {
  return (one?.events ?? []).flatMap((event) =>
    event.kind === 'progress' && event.progress.numInputRows > 0 ? [event.progress.batchId] : [],
  );
}
