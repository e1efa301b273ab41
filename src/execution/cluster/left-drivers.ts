import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubmittedDriver } from '../../spark/driver-lines.js';
import type { SparkClassParts } from './spark-class-command.js';
import { endDriver, submittedDriverName } from './submitted-driver.js';

/** Ends what an earlier start of a run, which was killed, has left on a cluster. `folder`: of the run's trials. */
export async function endLeftDrivers(
  folder: string,
  { step, ...parts }: SparkClassParts & { readonly step: (text: string) => void },
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = join(folder, name, submittedDriverName);
    const driver = parsed(await readFile(file, 'utf8').catch(() => ''));
    if (driver === undefined) continue;
    step(`Ending ${driver.id} on ${driver.master}, left behind by the crashed run`);
    await endDriver(driver, parts);
    await rm(file, { force: true });
  }
}

/** Undefined for a file that is not there, or is torn. */
function parsed(text: string): SubmittedDriver | undefined {
  try {
    return JSON.parse(text) as SubmittedDriver;
  } catch {
    return undefined;
  }
}
