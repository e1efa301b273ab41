import type { Check } from '../../model/check.js';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { cacheFolder } from '../cache-folder.js';
import { connectorFolder, kafkaFolder, venvFolder } from '../cache-layout.js';
import { readMarker } from '../complete-marker.js';
import { findJava } from '../find-java.js';
import { findPython } from '../find-python.js';
import { checkVenvModule } from '../python-venv.js';
import { readSparkHome, wantedSpark } from '../spark-home.js';
import { defaultSpark, kafkaVersion, scalaOf, sparkForBundledJava } from '../versions.js';

type Finding = Omit<Check, 'name'>;

/** Checks Java, Python, Spark and the jars, each with its finding and the fix. Installs nothing. */
export async function checkToolchain(options: {
  readonly host: Host;
  readonly sparkVersion?: string;
}): Promise<Check[]> {
  const { host, sparkVersion } = options;
  const wanted = await wantedSpark(host.env, sparkVersion).catch(
    () => sparkVersion ?? defaultSpark,
  );
  const hasJava = await findJava(host, wanted).then(
    (java) => java !== undefined,
    () => true,
  );
  const version = hasJava ? wanted : (sparkVersion ?? sparkForBundledJava);
  const checks: readonly [string, () => Promise<Finding>][] = [
    ['Java', () => java(host, wanted)],
    ['Python', () => python(host, version)],
    ['venv module', () => venv(host, version)],
    ['Spark', () => spark(host, { version, withJava: !hasJava })],
    ['Kafka connector', () => connector(host, version)],
    ['Kafka broker', () => installed(kafkaFolder(cacheFolder(host.env)), kafkaVersion)],
  ];
  return await Promise.all(
    checks.map(async ([name, look]) => ({ name, ...(await look().catch(problem)) })),
  );
}

async function java(host: Host, sparkVersion: string): Promise<Finding> {
  const found = await findJava(host, sparkVersion);
  if (found !== undefined) {
    return { status: 'ok', finding: `${found.version} (${found.executable}, ${found.source})` };
  }
  return {
    status: 'warning',
    finding: `none; setup brings Java 17 from PyPI and uses Spark ${sparkForBundledJava}`,
    fix: 'sudo apt-get install openjdk-17-jre-headless',
  };
}

async function python(host: Host, sparkVersion: string): Promise<Finding> {
  const { executable, version } = await findPython(host, sparkVersion);
  return { status: 'ok', finding: `${version} (${executable})` };
}

async function venv(host: Host, sparkVersion: string): Promise<Finding> {
  const base = await findPython(host, sparkVersion);
  await checkVenvModule(host, base);
  return { status: 'ok', finding: 'venv and ensurepip are there' };
}

async function spark(
  host: Host,
  { version, withJava }: { readonly version: string; readonly withJava: boolean },
): Promise<Finding> {
  const home = host.env['SPARK_HOME'];
  if (home === undefined || home === '') {
    return await installed(venvFolder(cacheFolder(host.env), version, withJava), version);
  }
  const given = await readSparkHome(home, undefined);
  return { status: 'ok', finding: `${given.version} (SPARK_HOME, ${home})` };
}

async function connector(host: Host, asked: string): Promise<Finding> {
  const home = host.env['SPARK_HOME'];
  const given =
    home === undefined || home === ''
      ? { version: asked, scala: scalaOf(asked) }
      : await readSparkHome(home, undefined);
  return await installed(connectorFolder(cacheFolder(host.env), given), given.version);
}

async function installed(folder: string, version: string): Promise<Finding> {
  return (await readMarker(folder)) === undefined
    ? { status: 'warning', finding: `${version} is not installed yet`, fix: 'streamtune setup' }
    : { status: 'ok', finding: `${version} (${folder})` };
}

function problem(error: unknown): Finding {
  const fix = error instanceof HarnessError ? error.hint : undefined;
  const finding = messageOf(error);
  return { status: 'problem', finding, ...(fix === undefined ? {} : { fix }) };
}
