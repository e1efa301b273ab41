import { dirname } from 'node:path';
import type { StopAfter, TrialFiles } from '../../model/trial/job.js';
import { referencesOf, type SecretHolders } from '../../model/trial/secret-holders.js';
import { knobsOfScope } from '../../model/knob.js';
import { referencesIn } from '../../model/secret.js';
import { projectPath } from '../../process/project-paths.js';
import { pathForDriver } from './driver-files.js';
import { driverOutput } from './logging-conf.js';

/** The launcher that runs a PySpark file with a progress listener, and its imports; the launcher comes first. */
export function launcherFiles(): readonly string[] {
  return filesNamed(
    'launcher.py',
    'effective_conf.py',
    'held_queries.py',
    'job_queries.py',
    'keep_running.py',
    'measured_window.py',
    'plan_keys.py',
    'progress_listener.py',
    'query_observer.py',
    'records_read.py',
    'result_reader.py',
    'result_state.py',
    'secret_values.py',
    'task_locality.py',
    'written_outputs.py',
  );
}

/** What the launcher needs besides to run somebody's script. */
export function scriptRunFiles(): readonly string[] {
  return filesNamed(
    'asked_settings.py',
    'conf_override.py',
    'findspark.py',
    'kafka_override.py',
    'script_run.py',
    'sink_override.py',
  );
}

function filesNamed(...names: readonly string[]): readonly string[] {
  return names.map((name) => projectPath(`spark-jobs/${name}`));
}

/** The launcher's environment: where to write, when to stop the queries, which passwords to look up. */
export function launcherEnv(
  files: TrialFiles,
  given: SecretHolders,
  stopAfter: StopAfter,
): Record<string, string | undefined> {
  return {
    ...secretsEnv(given),
    // Keeps the folder of an installed package unchanged.
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: pathForDriver(files, dirname(projectPath('spark-jobs/launcher.py'))),
    STREAMTUNE_PROGRESS_FILE: files.progress,
    STREAMTUNE_EFFECTIVE_CONF_FILE: files.effectiveConf,
    STREAMTUNE_STOP_AFTER_SECONDS: stopAfter.window?.seconds.toString(),
    STREAMTUNE_WARMUP_SECONDS: stopAfter.window?.warmupSeconds.toString(),
    STREAMTUNE_LEAST_BATCHES: stopAfter.window?.leastBatches.toString(),
    STREAMTUNE_STOP_AFTER_RECORDS: stopAfter.records?.toString(),
    ...(files.driver === undefined ? {} : { STREAMTUNE_OUTPUT_FILE: driverOutput(files.driver) }),
  };
}

/** The names of the passwords that the launcher looks up; empty if there are none. */
export function secretsEnv({ knobs, endpoint }: SecretHolders): Record<string, string> {
  const references = referencesOf({ knobs, endpoint }).map(({ text }) => text);
  if (references.length === 0) return {};
  const conf = [...knobsOfScope(knobs, 'spark')].filter(
    ([, text]) => referencesIn(text).length > 0,
  );
  return { STREAMTUNE_SECRETS: JSON.stringify({ conf: Object.fromEntries(conf), references }) };
}
