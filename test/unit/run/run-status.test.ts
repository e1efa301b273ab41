import { expect } from 'chai';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';
import type { Backend } from '../../../src/run/backends/backend.js';
import { simulatedBackend } from '../../../src/run/backends/simulated-backend.js';
import { prepareRun, type PreparedRun } from '../../../src/run/prepare-run.js';
import { resumeRun } from '../../../src/run/resume-run.js';
import { runStatus } from '../../../src/run/stored/run-status.js';
import { startRun } from '../../../src/run/start-run.js';
import { expectError } from '../../helpers/expect-error.js';
import { observerOf } from '../../helpers/observer-of.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: of-a-file
data: { kind: file, path: calls.json }
knobs: { source.maxOffsetsPerTrigger: 10, spark.sql.shuffle.partitions: 4 }
design: { blocks: 2 }
measurement: { warmup: 1s }
`;

describe('a run of records in a file', () => {
  const root = temporaryFolder();
  const [file, world, data] = ['x.yaml', 'world.yaml', 'calls.json'].map((name) =>
    join(root, name),
  ) as [string, string, string];
  beforeEach(() => {
    writeFileSync(file, experiment);
    writeFileSync(world, 'version: 1\nrowsPerSecond: 20\n');
    copyFileSync(projectPath('data/police-department-calls-for-service.json'), data);
  });

  /** Starts a run; `onTrials` is called before each trial. */
  async function run(onTrials: (folder: string, given: Given) => Promise<void>): Promise<string> {
    const { host, controller } = testHost();
    const prepared = await prepareRun(file, { host });
    let folder = '';
    const inner = await simulatedBackend(prepared, world, host);
    const backend: Backend = {
      ...inner,
      open: async (...given) => {
        const open = await inner.open(...given);
        const { executor } = open;
        return {
          ...open,
          executor: {
            open: async (launch, context) => {
              const stop = () => {
                controller.abort();
              };
              await onTrials(folder, { prepared, stop });
              return await executor.open(launch, context);
            },
          },
        };
      },
    };
    const observer = observerOf((event) => {
      if (event.kind === 'run-opened') folder = event.folder;
    });
    const resultsRoot = join(root, 'results');
    await startRun(prepared, backend, { host, observer, resultsRoot });
    return folder;
  }

  interface Given {
    readonly prepared: PreparedRun;
    readonly stop: () => void;
  }

  it('ends about when the plan said, before its first trial has ended', async () => {
    let seconds = 0;
    let planned = 0;
    await run(async (folder, { prepared }) => {
      if (seconds !== 0) return;
      rmSync(data); // the run's folder is enough
      const now = Date.parse('2026-01-31T20:00:00Z');
      const status = await runStatus(folder, now);
      expect(status.ended).to.equal(0);
      seconds = (Date.parse(status.endsAt ?? '') - now) / 1_000;
      planned = prepared.forecast.perTrialSeconds * status.planned;
      expect(prepared.data).to.deep.equal({ records: 632, how: 'counted' });
    });
    expect(seconds).to.be.closeTo(planned, 0.01);
    expect(seconds).to.be.greaterThan(20);
  });

  it('goes on with its own count, without its file in a simulation', async () => {
    let launches = 0;
    let folder = '';
    const stopped = run((opened, { stop }) => {
      folder = opened;
      launches += 1;
      if (launches === 3) stop();
      return Promise.resolve();
    });
    await expectError(stopped, 'INTERRUPTED');
    rmSync(data);
    const { host } = testHost();
    const observer = observerOf(() => undefined);
    const { model } = await resumeRun(folder, { host, observer, force: false });
    expect(model.run.state).to.equal('complete');
    expect(model.endedTrials).to.equal(model.plannedTrials);
  });
});
