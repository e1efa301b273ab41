import { resolve } from 'node:path';
import { openRunFolder } from '../store/open-run-folder.js';
import { createRunFolder, removeIfNothingRan } from '../store/run-folder.js';
import { writeOpening } from '../store/run-opening.js';
import type { Backend } from './backends/backend.js';
import { playRun } from './play-run.js';
import type { PreparedRun } from './prepare-run.js';
import { newManifest } from './run-manifest.js';
import type { RunOptions, FinishedRun } from './run-options.js';

/**
 * Starts a new run of an experiment, from its folder to its reports. Failed trials are part of the result. On abort
 * everything is stopped, the reports so far are written, and INTERRUPTED is thrown. A run that ends before its first
 * trial leaves no folder.
 */
export async function startRun(
  prepared: PreparedRun,
  backend: Backend & { readonly simulationText?: string },
  { resultsRoot, ...options }: RunOptions & { readonly resultsRoot: string },
): Promise<FinishedRun> {
  const { host } = options;
  const { experiment, plan, text } = prepared;
  const { simulationText } = backend;
  const manifest = newManifest(backend.identity, prepared.data, host);
  const root = resolve(host.cwd, resultsRoot);
  const path = await createRunFolder(root, experiment.name, Date.parse(manifest.startedAt));
  try {
    await using folder = await openRunFolder(path, host);
    const opening = { manifest, experiment, plan, text };
    const hash = await writeOpening(path, {
      ...opening,
      ...(simulationText === undefined ? {} : { simulationText }),
    });
    await folder.journal.append({ kind: 'run-started', manifest: hash });
    const record = {
      ...{ manifest, experiment, plan },
      ...({ state: 'running', journal: 'whole', resumes: [], blocks: [], trials: [] } as const),
    };
    return await playRun({ prepared, backend, folder, record }, options);
  } catch (error) {
    await removeIfNothingRan(path);
    throw error;
  }
}
