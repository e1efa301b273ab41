import type { Check } from '../../model/check.js';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { cacheFolder } from '../cache-folder.js';
import { connectorFolder, kafkaFolder, venvFolder } from '../cache-layout.js';
import { inspectSpark } from '../install/ensure-spark.js';
import { findJava } from '../find-java.js';
import { findPython } from '../find-python.js';
import { inspectJars } from '../integrity/inspect-jars.js';
import { damageText, type PartState } from '../integrity/part-state.js';
import { checkVenvModule } from '../install/python-venv.js';
import { readSparkHome, wantedSpark } from '../spark-home.js';
import { cacheFinding } from './check-cache.js';
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
  const fix = `streamtune setup${sparkVersion === undefined ? '' : ` --spark-version ${sparkVersion}`}`;
  const look = { host, version, fix };
  const checks: readonly [string, () => Promise<Finding>][] = [
    ['Java', () => java(host, wanted)],
    ['Python', () => python(host, version)],
    ['venv module', () => venv(host, version)],
    ['cache', () => cacheFinding(host)],
    ['Spark', () => spark(look)],
    ['Kafka connector', () => connector(look)],
    [
      'Kafka broker',
      () => jars({ ...look, version: kafkaVersion }, kafkaFolder(cacheFolder(host))),
    ],
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

interface Look {
  readonly host: Host;
  readonly version: string;
  /** The command that installs it, or mends it. */
  readonly fix: string;
}

async function spark({ host, version, fix }: Look): Promise<Finding> {
  const home = host.env['SPARK_HOME'];
  if (home !== undefined && home !== '') {
    const given = await readSparkHome(home, undefined);
    return { status: 'ok', finding: `${given.version} (SPARK_HOME, ${home})` };
  }
  const cache = cacheFolder(host);
  const found = await findJava(host, version).catch(() => undefined);
  const state = await inspectSpark({ host, cache, found, asked: version }, { checksums: true });
  return installed(state, {
    version,
    fix,
    folder: venvFolder(cache, version, found === undefined),
  });
}

async function connector(look: Look): Promise<Finding> {
  const { host, version: asked } = look;
  const home = host.env['SPARK_HOME'];
  const given =
    home === undefined || home === ''
      ? { version: asked, scala: scalaOf(asked) }
      : await readSparkHome(home, undefined);
  const folder = connectorFolder(cacheFolder(host), given);
  return await jars({ ...look, version: given.version }, folder);
}

async function jars({ version, fix }: Look, folder: string): Promise<Finding> {
  return installed(await inspectJars(folder, { checksums: true }), { version, fix, folder });
}

function installed(
  state: PartState<unknown>,
  {
    version,
    fix,
    folder,
  }: { readonly version: string; readonly fix: string; readonly folder: string },
): Finding {
  switch (state.kind) {
    case 'complete':
      return { status: 'ok', finding: `${version} (${folder})` };
    case 'missing':
      return { status: 'warning', finding: `${version} is not installed yet`, fix };
    case 'damaged': {
      const finding = `${version} is damaged: ${damageText(state.damage)} (${folder})`;
      return { status: 'problem', finding, fix };
    }
  }
}

function problem(error: unknown): Finding {
  const fix = error instanceof HarnessError ? error.hint : undefined;
  const finding = messageOf(error);
  return { status: 'problem', finding, ...(fix === undefined ? {} : { fix }) };
}
