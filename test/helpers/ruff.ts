import { join } from 'node:path';
import { cacheFolder } from '../../src/toolchain/cache-folder.js';
import { findPython } from '../../src/toolchain/find-python.js';
import { ensureVenv } from '../../src/toolchain/install/python-venv.js';
import { acquireLock } from '../../src/process/lock-file.js';
import { testHost } from './test-host.js';

const requirement = 'ruff==0.17.5';

/** Path of a pinned ruff, installed into the cache on first use. */
export async function installedRuff(): Promise<string> {
  const { host } = testHost();
  const folder = join(cacheFolder(host), requirement.replace('==', '-'));
  await using _lock = await acquireLock({
    file: `${folder}.lock`,
    timeoutMs: 120_000,
    signal: host.signal,
  });
  const base = await findPython(host, '4.0.0');
  await ensureVenv({ host, folder, base, requirements: [requirement], onStep: () => undefined });
  return join(folder, 'bin', 'ruff');
}
