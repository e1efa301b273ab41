import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LogSide } from '../../analysis/compare/log-side.js';
import type { RunSide } from '../../analysis/compare/run-side.js';
import type { Configuration } from '../../model/configuration.js';
import { HarnessError } from '../../model/harness-error.js';
import { logOrder } from '../../progress/log/log-order.js';
import { findRun } from '../../store/find-run.js';
import { importLogs } from '../logs/import-log.js';
import { readRun } from '../stored/read-run.js';

/** A side of a comparison, read. */
export type ReadSide =
  | ({ readonly kind: 'run'; readonly configuration?: Configuration } & RunSide)
  | ({ readonly kind: 'logs' } & LogSide);

interface Places {
  readonly cwd: string;
  /** The results folder. */
  readonly results: string;
  readonly signal: AbortSignal;
}

/** `latest#c1`: what follows the last # is the id of a configuration. */
const withConfiguration = /^(.+)#(baseline|aa|c\d+)$/s;

/**
 * Reads one side: a run by its folder, its name or `latest`, with `#ID` one configuration of it; or a log, or a folder with
 * a log for each run of a job. Throws RUN_NOT_FOUND, CONFIGURATION_UNKNOWN, and what reading a run or a log throws.
 */
export async function readSide(given: string, places: Places): Promise<ReadSide> {
  const path = resolve(places.cwd, given);
  const [, ofRun, id] = existsSync(path) ? [] : (withConfiguration.exec(given) ?? []);
  if (ofRun === undefined && isLog(path)) return await readLogs(given, path, places);
  const folder = await findRun(ofRun ?? given, places);
  const run = await readRun(folder);
  if (id === undefined) return { kind: 'run', name: given, run };
  const configuration = run.plan.configurations.find((one) => one.id === id);
  if (configuration === undefined) throw unknownId(given, id, run.plan.configurations);
  return { kind: 'run', name: given, run, configuration };
}

function isLog(path: string): boolean {
  const isRun = ['manifest.json', 'plan.json'].some((name) => existsSync(join(path, name)));
  return existsSync(path) && !isRun;
}

async function readLogs(name: string, path: string, { signal }: Places): Promise<ReadSide> {
  const options = { follow: false, signal };
  try {
    return { kind: 'logs', name, logs: [await importLogs([path], options)] };
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'LOG_AMBIGUOUS') throw error;
    const logs = [];
    for (const file of logOrder(await readdir(path))) {
      logs.push(await importLogs([join(path, file)], options));
    }
    return { kind: 'logs', name, logs };
  }
}

function unknownId(
  given: string,
  id: string,
  configurations: readonly Configuration[],
): HarnessError {
  return new HarnessError({
    code: 'CONFIGURATION_UNKNOWN',
    message: `${given}: the run has no configuration ${id}; it has ${configurations.map((one) => one.id).join(', ')}.`,
    hint: 'summary.json in the folder of a run lists the configurations with their ids.',
  });
}
