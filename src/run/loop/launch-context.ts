import type { LaunchContext } from '../../model/trial/executor.js';
import { identify } from '../../process/groups/process-identity.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';
import { trialFolder } from '../../store/trial-folder.js';

/** A context that journals its processes, so that a resumed run can stop those left by a crashed one. */
export interface JournaledContext extends LaunchContext {
  /** Resolves when every process is in the journal; rejects with the error that kept one out. */
  readonly settled: () => Promise<void>;
  /** Ends everything of the launch that still runs. */
  readonly stop: (why: unknown) => void;
}

/** The context of one launch. Aborts it at once if a process cannot be journaled, as on a full disk. */
export function launchContext(folder: OwnedFolder, signal: AbortSignal): JournaledContext {
  const failed = new AbortController();
  const noted: Promise<void>[] = [];
  const note = async (pid: number) => {
    const process = await identify(pid);
    if (process === undefined) return;
    await folder.journal.append({ kind: 'process-started', what: 'job', process });
  };
  return {
    signal: AbortSignal.any([signal, failed.signal]),
    directoryOf: (trial) => trialFolder(folder.path, trial),
    onProcess: (pid) => {
      const noting = note(pid);
      // The trial may run for minutes, and this promise is only awaited at its end.
      noting.catch((error: unknown) => {
        failed.abort(error);
      });
      noted.push(noting);
    },
    stop: (why) => {
      failed.abort(why);
    },
    settled: async () => {
      await Promise.all(noted.splice(0));
    },
  };
}
