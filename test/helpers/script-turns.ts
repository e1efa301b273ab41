import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasurementSpec, ScriptJob } from '../../src/model/experiment.js';
import type { TrialEvidence } from '../../src/model/trial/executor.js';
import type { Trial } from '../../src/model/trial/plan.js';
import type { ProgressEvent } from '../../src/model/trial/progress-event.js';
import { realSessions, sessionBatchRows } from './real-sessions.js';
import { fixtureScript } from './script-trial.js';
import { testHost } from './test-host.js';

interface Play {
  readonly onEvent?: (event: ProgressEvent, trial: Trial) => void;
  readonly onDriver?: (pid: number) => void;
  readonly burnInTrials?: number;
  readonly measurement?: Partial<MeasurementSpec>;
  readonly job?: Partial<ScriptJob>;
}

/** Runs trials of a script at the same time, in turns of three batches in a real driver. Trials get folders in `folder`. */
export function scriptTurns(
  folder: string,
  calls: { readonly topic: string; readonly records: number },
) {
  const { signal } = testHost().host;
  const directoryOf = ({ id }: Trial) => join(folder, id);
  const play = async (script: string, trials: readonly Trial[], given: Play = {}) => {
    const { burnInTrials = 1, measurement = {}, job, onEvent, onDriver } = given;
    const pids: number[] = [];
    await using executor = await realSessions(calls, {
      ...{ folder, burnInTrials, measurement, recordsOfTurn: 3 * sessionBatchRows },
      script: {
        ...{ script: fixtureScript(script), args: ['${spark.sql.shuffle.partitions}'] },
        ...job,
      },
    });
    const onProcess = (pid: number) => {
      pids.push(pid);
      onDriver?.(pid);
    };
    await using launch = await executor.open({ trials }, { directoryOf, signal, onProcess });
    const evidence: TrialEvidence[] = await Promise.all(
      trials.map((trial) => {
        mkdirSync(directoryOf(trial));
        return launch.run(trial, (event) => onEvent?.(event, trial));
      }),
    );
    return { evidence, pids };
  };
  return { play, directoryOf };
}

/** How long the query was held before each of the batches that tell it. */
export function heldIn({ events }: TrialEvidence): number[] {
  return events.flatMap((event) =>
    event.kind === 'progress' && event.progress.heldMs !== undefined ? [event.progress.heldMs] : [],
  );
}

/** The batches that read records, in the order of their reports. */
export function batchIds({ events }: TrialEvidence): readonly number[] {
  return events.flatMap((event) =>
    event.kind === 'progress' && event.progress.numInputRows > 0 ? [event.progress.batchId] : [],
  );
}
