import { resolve } from 'node:path';
import { interrupted } from '../model/harness-error.js';
import type { Deadline } from '../model/deadline.js';
import type { Host } from '../model/host.js';
import type { Manifest, RunResume, TrialRecord } from '../model/run-record.js';
import type { ReportModel } from '../report/report-model.js';
import {
  createRunFolder,
  removeIfNothingRan,
  writeOpening,
  type RunOpening,
} from '../store/run-folder.js';
import type { RunEvent } from './run-event.js';
import { openSession, type RunSession } from './run-session.js';

export interface RunOptions {
  readonly host: Host;
  readonly resultsRoot: string;
  /** No block starts that would not end by then, ms since 1970. */
  readonly deadline?: Deadline;
  readonly onEvent: (event: RunEvent) => void;
}

export interface RunResult {
  readonly folder: string;
  readonly model: ReportModel;
}

/** A run folder in our hands, with what has ended in it before. */
export interface OpenRun {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly session: RunSession;
  /** Trials that have ended before, where a run is taken up again. */
  readonly known: readonly TrialRecord[];
  readonly resumes: readonly RunResume[];
}

/**
 * Makes the folder of a new run, writes what it is to be, and hands it over until `play` is through. A run that ends
 * before its first trial leaves no folder. Throws INTERRUPTED after `play` if it was stopped meanwhile.
 */
export async function withNewRun(
  opening: RunOpening,
  { host, resultsRoot }: RunOptions,
  play: (run: OpenRun) => Promise<ReportModel>,
): Promise<RunResult> {
  const { experiment, manifest } = opening;
  const root = resolve(host.cwd, resultsRoot);
  const folder = await createRunFolder(root, experiment.name, Date.parse(manifest.startedAt));
  try {
    await using session = await openSession(folder, host);
    await writeOpening(folder, opening);
    await session.journal.append({ kind: 'run-started' });
    const model = await play({ folder, manifest, session, known: [], resumes: [] });
    if (host.signal.aborted) throw interrupted();
    return { folder, model };
  } catch (error) {
    await removeIfNothingRan(folder);
    throw error;
  }
}
