import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { PythonInstallation } from '../model/toolchain.js';
import { runCommand } from '../process/run-command.js';
import { sparkLine } from './spark-line.js';

const names = [
  'python3',
  'python',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python3.9',
];

const probe = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';

/**
 * Finds the first Python that the Spark version runs on: the preferred one, then those on PATH. Throws PYTHON_MISSING with
 * what was found.
 */
export async function findPython(
  host: Host,
  sparkVersion: string,
  preferred?: string,
): Promise<PythonInstallation> {
  const [oldest, newest] = sparkLine(sparkVersion).python;
  const seen: string[] = [];
  for (const name of [...(preferred === undefined ? [] : [preferred]), ...names]) {
    const result = await runCommand(
      { file: name, args: ['-c', probe], env: host.env },
      { signal: host.signal, timeoutMs: 20_000 },
    );
    const [executable, version] = result.stdout.trim().split('\n');
    if (result.exitCode !== 0 || executable === undefined || version === undefined) continue;
    const [major, minor] = version.split('.').map(Number);
    if (major === 3 && minor !== undefined && minor >= oldest && minor <= newest) {
      return { executable, version };
    }
    if (!seen.includes(version)) seen.push(version);
  }
  const found =
    seen.length === 0 ? 'no Python was found' : `only Python ${seen.join(', ')} was found`;
  const upTo = Number.isFinite(newest) ? `to 3.${String(newest)}` : 'or newer';
  throw new HarnessError({
    code: 'PYTHON_MISSING',
    message: `Spark ${sparkVersion} needs Python 3.${String(oldest)} ${upTo}, and ${found} on PATH.`,
    hint: 'Install one (Debian: sudo apt-get install python3 python3-venv), or ask for another Spark with --spark-version.',
  });
}
