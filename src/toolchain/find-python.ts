import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { PythonInstallation } from '../model/toolchain.js';
import { runCommand } from '../process/run-command.js';

/** Minor versions of Python 3 that a Spark line runs on: [oldest, newest] (the "Downloading" page of each line). */
const windows: readonly (readonly [line: string, oldest: number, newest: number])[] = [
  ['3.5', 8, 11],
  ['4.0', 9, 13],
  ['4.1', 10, 14],
  ['4.2', 10, 14],
];

const names = [
  'python3',
  'python',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python3.9',
];

const probe = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';

/**
 * The first Python on PATH that the Spark version runs on. Throws PYTHON_MISSING with what was found.
 */
export async function findPython(host: Host, sparkVersion: string): Promise<PythonInstallation> {
  const [, oldest, newest] = windows.find(([line]) => sparkVersion.startsWith(`${line}.`)) ?? [
    '',
    10,
    99,
  ];
  const seen: string[] = [];
  for (const name of names) {
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
  throw new HarnessError({
    code: 'PYTHON_MISSING',
    message: `Spark ${sparkVersion} needs Python 3.${String(oldest)} to 3.${String(newest)}, and ${found} on PATH.`,
    hint: 'Install one (Debian: sudo apt-get install python3 python3-venv), or ask for another Spark with --spark-version.',
  });
}
