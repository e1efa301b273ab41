import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCanaryLines } from '../../measure/canary.js';
import type { CanaryReading } from '../../model/trial/canary.js';
import type { InvalidCause } from '../../model/trial/outcome.js';
import type { Command } from '../../process/command.js';
import type { ProcessIdentity } from '../../model/process-identity.js';
import { identify, resumeIfStopped } from '../../process/groups/process-identity.js';
import { projectPath } from '../../process/project-paths.js';
import { startService, type Service, type ServiceEnd } from '../../process/service.js';
import { readJvmPid } from '../../spark/effective-conf.js';

/*
 *  waiting ──(the query has started)──> reading ──(the JVM ends, or end())──> ended
 *                                          └──(it dies)──> the JVM is resumed if stopped ──> ended
 */

interface CanaryOptions {
  readonly python: string;
  readonly env: Command['env'];
  /** The trial's folder. */
  readonly directory: string;
  /** Holds the id of the JVM once the query has started. */
  readonly confFile: string;
}

/** Measures the machine's speed during a trial; see `spark-jobs/speed_canary.py`. */
export interface SpeedCanary {
  /** Called when the trial's query has started; further calls have no effect. */
  readonly begin: () => void;
  /** Stops it and returns what it measured. */
  readonly end: () => Promise<CanaryEnd>;
}

interface CanaryEnd {
  readonly readings: readonly CanaryReading[];
  /** Why the trial cannot count: the canary died, perhaps with the job stopped. Undefined if all went well. */
  readonly problem: InvalidCause | undefined;
}

export function speedCanary(options: CanaryOptions): SpeedCanary {
  const file = join(options.directory, 'canary.ndjson');
  let started: Promise<Watched | undefined> | undefined;
  return {
    begin: () => {
      started ??= start(options, file);
    },
    end: async () => {
      const watched = await started;
      if (watched === undefined) return { readings: [], problem: undefined };
      watched.stopping();
      await watched.service.stop();
      const text = await readFile(file, 'utf8').catch(() => '');
      return {
        readings: parseCanaryLines(text.split('\n')),
        problem: await watched.problem,
      };
    },
  };
}

interface Watched {
  readonly service: Service;
  readonly stopping: () => void;
  readonly problem: Promise<InvalidCause | undefined>;
}

async function start(options: CanaryOptions, file: string): Promise<Watched | undefined> {
  const pid = await readJvmPid(options.confFile);
  const jvm = pid === undefined ? undefined : await identify(pid);
  if (jvm === undefined) return undefined;
  const service = await startService(
    {
      file: options.python,
      args: [projectPath('spark-jobs/speed_canary.py'), String(jvm.pid), file],
      env: options.env,
    },
    { logFile: join(options.directory, 'canary.log'), graceMs: 1_000 },
  );
  let asked = false;
  return {
    service,
    stopping: () => {
      asked = true;
    },
    problem: service.ended.then(async (end) => {
      const wanted = end.exitCode === 0 || (asked && end.signal === 'SIGTERM');
      return wanted ? undefined : await afterDeath(jvm, end);
    }),
  };
}

/** If the canary died between its two signals, nobody else can resume the JVM. */
async function afterDeath(
  jvm: ProcessIdentity,
  { exitCode, signal }: ServiceEnd,
): Promise<InvalidCause> {
  const jobWasStopped = await resumeIfStopped(jvm);
  return { kind: 'canary-died', exitCode, signal, jobWasStopped };
}
