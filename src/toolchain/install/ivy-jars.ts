import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { JavaInstallation } from '../../model/toolchain.js';
import { exists } from '../find-java.js';
import { writeMarker } from '../integrity/complete-marker.js';
import { installStep } from './install-step.js';
import { inspectJars, mendMarker, writeSums } from '../integrity/inspect-jars.js';
import { damageText } from '../integrity/part-state.js';

export interface IvyOptions {
  readonly host: Host;
  readonly java: JavaInstallation;
  readonly sparkHome: string;
  /** Where the jars are stored. */
  readonly folder: string;
  readonly dependencies: readonly (readonly [group: string, artifact: string, version: string])[];
  /** Jars to keep, by the start of their names; if absent, all. */
  readonly keep?: readonly string[];
  readonly onStep: (text: string) => void;
}

/**
 * Resolves jars with all their dependencies from Maven Central, with the Ivy that comes with Spark. Returns their
 * absolute paths; undefined if the repository responds but does not have all of them. The folder appears only when
 * complete, and a failure leaves nothing behind; a damaged one is installed again. The caller holds the lock.
 */
export async function ensureJars(options: IvyOptions): Promise<string[] | undefined> {
  const { folder, onStep } = options;
  const known = await inspectJars(folder, { checksums: false });
  if (known.kind === 'complete') return known.part;
  if (known.kind === 'damaged') {
    onStep(`${folder} is damaged: ${damageText(known.damage)}`);
    if (known.damage.every(({ kind }) => kind === 'marker') && (await mendMarker(folder))) {
      return await ensureJars(options);
    }
  }
  return await installJars(options);
}

async function installJars(options: IvyOptions): Promise<string[] | undefined> {
  const { folder } = options;
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    for (const dependency of options.dependencies) await retrieve(options, dependency, draft);
    const names = await keepWanted(draft, options.keep);
    if (names.length === 0) return undefined;
    await writeSums(draft, names);
    await writeMarker(draft, JSON.stringify(names));
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return names.map((name) => join(folder, name));
  } catch (error) {
    if (isNotPublished(error)) return undefined;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Whether Ivy reports that a module or jar does not exist. It says the same if it cannot reach the repository, but then
 * reports errors as well.
 */
function isNotPublished(error: unknown): boolean {
  const words = error instanceof HarnessError ? String(error.cause) : '';
  return /UNRESOLVED DEPENDENCIES|FAILED DOWNLOADS/.test(words) && !/^:::: ERRORS/m.test(words);
}

async function retrieve(
  { host, java, sparkHome, onStep, folder }: IvyOptions,
  [group, artifact, version]: readonly [string, string, string],
  draft: string,
): Promise<void> {
  const what = `Resolving ${artifact} ${version}`;
  onStep(`${what} from Maven Central`);
  const cache = `${folder}.ivy`;
  const args = [
    ...(await trustArguments(java)),
    ...['-cp', join(sparkHome, 'jars', '*'), 'org.apache.ivy.Main', '-cache', cache],
    ...['-dependency', group, artifact, version, '-confs', 'default,compile,runtime,master'],
    ...['-retrieve', join(draft, '[artifact]-[revision](-[classifier]).[ext]')],
  ];
  const command = { file: java.executable, args, cwd: draft };
  await rm(cache, { recursive: true, force: true });
  try {
    await installStep({ host, command, what, onStep });
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/** Debian keeps the machine's certificates here, for example those of a company's proxy. */
const systemTrustStore = '/etc/ssl/certs/java/cacerts';

/** A Java from PyPI has its own certificates; it uses the machine's Java certificates if there are any. */
async function trustArguments(java: JavaInstallation): Promise<string[]> {
  const use = java.source === 'PyPI' && (await exists(systemTrustStore));
  return use ? [`-Djavax.net.ssl.trustStore=${systemTrustStore}`] : [];
}

async function keepWanted(draft: string, keep: readonly string[] | undefined): Promise<string[]> {
  const names = (await readdir(draft)).filter((name) => name.endsWith('.jar')).sort();
  const wanted = names.filter((name) => keep?.some((start) => name.startsWith(start)) ?? true);
  for (const name of names) if (!wanted.includes(name)) await rm(join(draft, name));
  return wanted;
}
