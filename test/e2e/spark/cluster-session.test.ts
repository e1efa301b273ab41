import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from '../../../src/cluster/start-cluster.js';
import { judgeTrial } from '../../../src/measure/judge-trial.js';
import type { TrialEvidence } from '../../../src/model/trial/executor.js';
import type { Trial } from '../../../src/model/trial/plan.js';
import { realToolchain } from '../../helpers/real-broker.js';
import { makeCalls, realSessions, sessionTrial } from '../../helpers/real-sessions.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const calls = { topic: 'cluster-session-calls', records: 4_000 };

/** Two workers with a core each, of which one dies in the third trial. */
describe('a session on a standalone cluster', () => {
  const folder = temporaryFolder();
  const { signal, env } = testHost().host;
  const evidence: TrialEvidence[] = [];
  const drivers: number[] = [];
  const directoryOf = ({ id }: Trial) => join(folder, id);

  before(async () => {
    await makeCalls(calls);
    await using cluster = await startCluster({
      ...{ toolchain: await realToolchain(), env, signal, directory: join(folder, 'cluster') },
      ...{ port: 0, workers: 2, size: { cores: 1, memory: '1g' } },
    });
    const own = { 'spark.master': cluster.master, 'spark.executor.memory': '512m' };
    const trials = [2, 3, 2, 2].map((partitions, index) =>
      sessionTrial(index + 1, { ...own, 'spark.sql.shuffle.partitions': partitions }),
    );
    await using executor = await realSessions(calls, { folder, burnInTrials: 1 });
    const context = { directoryOf, signal, onProcess: (pid: number) => drivers.push(pid) };
    await using launch = await executor.open({ trials }, context);
    for (const [index, trial] of trials.entries()) {
      mkdirSync(directoryOf(trial));
      const ran = launch.run(trial, ({ kind }) => {
        if (index === 2 && kind === 'started') process.kill(cluster.pids[2] ?? 0, 'SIGKILL');
      });
      evidence.push(await ran);
    }
  });

  it('runs all trials in one driver, with the executors that it has', () => {
    expect(drivers).to.have.lengthOf(1);
    expect(evidence.map(({ end }) => end.kind)).to.deep.equal(Array(4).fill('ended'));
    const seen = evidence.map(({ executors }) => executors);
    const ids = seen.map((one) => one?.gained.map(({ id, cores }) => `${id}: ${String(cores)}`));
    expect(ids.slice(0, 3).map((some) => some?.sort())).to.deep.equal(
      Array(3).fill(['0: 1', '1: 1']),
    );
    expect(seen.map((one) => one?.lost.length)).to.deep.equal([0, 0, 1, 0]);
    expect(seen[3]?.gained).to.have.lengthOf(1);
  });

  it('gives each trial its own settings', () => {
    const partitions = evidence.map(
      ({ effectiveConf }) => effectiveConf?.['spark.sql.shuffle.partitions'],
    );
    expect(partitions).to.deep.equal(['2', '3', '2', '2']);
  });

  it('counts none that has lost an executor', () => {
    const outcomes = evidence.map((one) =>
      judgeTrial({ knobs: {}, evidence: one, machine: null, measurement: null }),
    );
    expect(outcomes[2]).to.deep.include({ kind: 'invalid' });
    expect(JSON.stringify(outcomes[2])).to.contain('executors-lost');
    for (const index of [0, 1]) expect(JSON.stringify(outcomes[index])).not.to.contain('lost');
  });
});
