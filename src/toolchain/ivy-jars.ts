import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { JavaInstallation } from '../model/toolchain.js';
import { exists } from './find-java.js';
import { readMarker, writeMarker } from './complete-marker.js';
import { installStep } from './install-step.js';

interface IvyOptions {
  readonly host: Host;
  readonly java: JavaInstallation;
  readonly sparkHome: string;
  /** Where the jars end up. */
  readonly folder: string;
  readonly dependencies: readonly (readonly [group: string, artifact: string, version: string])[];
  /** Jars to keep, by the start of their names; left out: all. */
  readonly keep?: readonly string[];
  readonly onStep: (text: string) => void;
}

/**
 * Jars with all that they depend on, resolved from Maven Central by the Ivy that comes with Spark.
 * Returns their absolute paths. The folder appears only when it is complete. The caller holds the lock.
 */
export async function ensureJars(options: IvyOptions): Promise<string[]> {
  const { folder } = options;
  const known = await readMarker(folder);
  if (known !== undefined) {
    const names = JSON.parse(known) as string[];
    const present = new Set(await readdir(folder));
    if (names.every((name) => present.has(name))) return names.map((name) => join(folder, name));
  }
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const dependency of options.dependencies) await retrieve(options, dependency, draft);
  const names = await keepWanted(draft, options.keep);
  if (names.length === 0) throw nothingRetrieved(options);
  await writeMarker(draft, JSON.stringify(names));
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  return names.map((name) => join(folder, name));
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
  await installStep({ host, command: { file: java.executable, args, cwd: draft }, what, onStep });
  await rm(cache, { recursive: true, force: true });
}

/** Debian keeps the machine's certificates here, for example those of a company's proxy. */
const systemTrustStore = '/etc/ssl/certs/java/cacerts';

/** A Java from PyPI brings certificates of its own; where the machine has some for Java, it takes those. */
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

function nothingRetrieved({ dependencies }: IvyOptions): HarnessError {
  return new HarnessError({
    code: 'INSTALL_FAILED',
    message: `Nothing was resolved for ${dependencies.map((parts) => parts.join(':')).join(', ')}.`,
    hint: 'Ask for a version that is published completely, for example --spark-version 4.0.0.',
  });
}
