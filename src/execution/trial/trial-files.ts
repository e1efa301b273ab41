import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialEvidence } from '../../model/trial/executor.js';
import type { TrialFiles } from '../../model/trial/job.js';
import { readEffectiveConf } from '../../spark/effective-conf.js';
import { completeQueryResults } from '../../spark/query-results.js';
import { parseScriptRecord, scriptRecordFile } from '../../spark/script-record.js';

/** The files of a trial in its folder, or where executors and driver on other machines see them. */
export function filesOf(
  directory: string,
  elsewhere: Pick<TrialFiles, 'shared' | 'driver'> = {},
): TrialFiles {
  const ofDriver = elsewhere.driver ?? directory;
  return {
    ...elsewhere,
    directory,
    scratch: join(directory, 'scratch'),
    progress: join(ofDriver, 'progress.ndjson'),
    effectiveConf: join(ofDriver, 'effective-conf.json'),
  };
}

/** Where what the job writes to its two streams is kept. */
export function logsOf({ directory }: Pick<TrialFiles, 'directory'>) {
  return { stdout: join(directory, 'stdout.log'), stderr: join(directory, 'stderr.log') };
}

/** The evidence that the launcher leaves in files. */
export type KeptEvidence = Pick<TrialEvidence, 'effectiveConf' | 'script' | 'results'>;

export async function readKept(files: TrialFiles): Promise<KeptEvidence> {
  const effectiveConf = await readEffectiveConf(files.effectiveConf);
  const record = await readFile(scriptRecordFile(files), 'utf8').catch(() => '');
  const script = parseScriptRecord(record);
  const results = await completeQueryResults(files);
  return {
    effectiveConf,
    ...(script === undefined ? {} : { script }),
    ...(results === undefined ? {} : { results }),
  };
}
