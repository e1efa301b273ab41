import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { PythonInstallation } from '../model/toolchain.js';
import { runCommand } from '../process/run-command.js';
import { readMarker, writeMarker } from './complete-marker.js';
import { installStep } from './install-step.js';

interface VenvOptions {
  readonly host: Host;
  readonly folder: string;
  readonly base: PythonInstallation;
  /** Exact pip requirements, for example `pyspark==4.0.0`. */
  readonly requirements: readonly string[];
  readonly onStep: (text: string) => void;
}

/** Ensures a venv with exactly these requirements and returns its interpreter. The caller holds the lock. */
export async function ensureVenv(options: VenvOptions): Promise<PythonInstallation> {
  const { host, folder, base, requirements, onStep } = options;
  const executable = join(folder, 'bin', 'python');
  const wanted = JSON.stringify({ python: base.version, requirements });
  if ((await readMarker(folder)) === wanted) return { executable, version: base.version };
  await rm(folder, { recursive: true, force: true });
  await checkVenvModule(host, base);
  await mkdir(folder, { recursive: true });
  const what = `Installing ${requirements.join(' and ')}`;
  onStep(`${what} from PyPI`);
  const venv = { file: base.executable, args: ['-m', 'venv', folder] };
  await installStep({ host, command: venv, what: 'Making a venv' });
  const pip = ['-m', 'pip', 'install', '--no-input', '--progress-bar', 'off'];
  const command = { file: executable, args: [...pip, ...requirements] };
  await installStep({ host, command, what, onStep });
  await writeMarker(folder, wanted);
  return { executable, version: base.version };
}

/** Throws VENV_MISSING if Python was packaged without venv, as on Debian. */
export async function checkVenvModule(host: Host, base: PythonInstallation): Promise<void> {
  const result = await runCommand(
    { file: base.executable, args: ['-c', 'import venv, ensurepip'], env: host.env },
    { signal: host.signal, timeoutMs: 20_000 },
  );
  if (result.exitCode === 0) return;
  const minor = base.version.split('.').slice(0, 2).join('.');
  throw new HarnessError({
    code: 'VENV_MISSING',
    message: `${base.executable} (Python ${base.version}) lacks the modules venv and ensurepip.`,
    hint: `Install them: sudo apt-get install python${minor}-venv`,
  });
}
