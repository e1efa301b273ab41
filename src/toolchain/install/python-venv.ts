import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { PythonInstallation } from '../../model/toolchain.js';
import { runCommand } from '../../process/run-command.js';
import { exists } from '../find-java.js';
import { writeMarker } from '../integrity/complete-marker.js';
import { installStep } from './install-step.js';
import { inspectVenv, programs, sitePackages } from '../integrity/inspect-venv.js';
import {
  damageText,
  type Damage,
  type InspectOptions,
  type PartState,
} from '../integrity/part-state.js';

interface VenvOptions {
  readonly host: Host;
  readonly folder: string;
  readonly base: PythonInstallation;
  /** Exact pip requirements, for example `pyspark==4.0.0`. */
  readonly requirements: readonly string[];
  readonly onStep: (text: string) => void;
  /** Looks whether it is complete; by default at its files only. */
  readonly inspect?: (options: InspectOptions) => Promise<PartState<unknown>>;
}

/**
 * Ensures a venv with exactly these requirements. A lost interpreter, permission or marker is mended without
 * downloading anything; a venv that has lost files is installed again. The caller holds the lock.
 */
export async function ensureVenv(options: VenvOptions): Promise<void> {
  const { folder, base, requirements, onStep } = options;
  const inspect =
    options.inspect ?? ((how: InspectOptions) => inspectVenv({ folder, requirements, ...how }));
  const known = await inspect({ checksums: false });
  if (known.kind === 'complete') return;
  if (known.kind === 'damaged') {
    const { damage } = known;
    onStep(`${folder} is damaged: ${damageText(damage)}`);
    if (damage.every(({ kind }) => kind !== 'file')) {
      await mendInPlace(options, damage);
      const left = await inspect({ checksums: damage.some(({ kind }) => kind === 'marker') });
      if (left.kind === 'complete' || (left.kind === 'damaged' && left.damage.every(isMarker))) {
        await writeMarker(folder, markerOf(base, requirements));
        return;
      }
    }
  }
  await install(options);
}

function isMarker({ kind }: Damage): boolean {
  return kind === 'marker';
}

function markerOf(base: PythonInstallation, requirements: readonly string[]): string {
  return JSON.stringify({ python: base.version, requirements });
}

/** Makes programs executable again, and links a Python of the same minor version in place of one that is gone. */
async function mendInPlace(
  { host, folder, base }: VenvOptions,
  damage: readonly Damage[],
): Promise<void> {
  const site = await sitePackages(folder);
  if (site === undefined) return;
  for (const program of programs) {
    const file = join(site, program);
    if (await exists(file)) await chmod(file, 0o755);
  }
  const minor = `python${base.version.split('.').slice(0, 2).join('.')}`;
  const isLost = damage.some(({ kind }) => kind === 'interpreter');
  if (!isLost || basename(dirname(site)) !== minor) return;
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of (await readdir(bin)).filter((one) => /^python(3(\.\d+)?)?$/.test(one))) {
    await rm(join(bin, name), { recursive: true, force: true });
  }
  await runCommand(
    { file: base.executable, args: ['-m', 'venv', '--without-pip', folder], env: host.env },
    { signal: host.signal, timeoutMs: 60_000 },
  );
}

async function install({ host, folder, base, requirements, onStep }: VenvOptions): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await checkVenvModule(host, base);
  await mkdir(folder, { recursive: true });
  const what = `Installing ${requirements.join(' and ')}`;
  onStep(`${what} from PyPI`);
  const venv = { file: base.executable, args: ['-m', 'venv', folder] };
  await installStep({ host, command: venv, what: 'Making a venv' });
  const pip = ['-m', 'pip', 'install', '--no-input', '--progress-bar', 'off'];
  const command = { file: join(folder, 'bin', 'python'), args: [...pip, ...requirements] };
  await installStep({ host, command, what, onStep });
  await writeMarker(folder, markerOf(base, requirements));
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
