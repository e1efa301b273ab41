import { dirname } from 'node:path';
import { projectPath } from '../process/project-paths.js';
import type { SecretHolders } from '../model/trial/secret-holders.js';
import { secretsEnv } from './submit/launcher.js';

/** The driver that runs trial after trial, and its imports besides those of the launcher; the driver comes first. */
export function sessionDriverFiles(): readonly string[] {
  return [
    'session_driver.py',
    'driver_figures.py',
    'java_bindings.py',
    'job_thread.py',
    'left_behind.py',
    'live_context.py',
    'own_time.py',
    'patched_classes.py',
    'process_group.py',
    'script_process.py',
    'script_trial.py',
    'script_turns.py',
    'scripts_under_way.py',
    'shared_trials.py',
    'trial_session.py',
  ].map((name) => projectPath(`spark-jobs/${name}`));
}

/** The driver's environment: where its trials come from, and which passwords it looks up. */
export function sessionEnv(given: SecretHolders, socket: string): Record<string, string> {
  return {
    ...secretsEnv(given),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: dirname(projectPath('spark-jobs/session_driver.py')),
    STREAMTUNE_SESSION_SOCKET: socket,
  };
}
