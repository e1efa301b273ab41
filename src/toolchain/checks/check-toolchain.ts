import type { Check } from '../../model/check.js';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import { scalaOf } from '../../model/kafka-connector.js';
import type { Host } from '../../model/host.js';
import type { SparkRequest } from '../../model/spark-request.js';
import { cacheFolder } from '../cache-folder.js';
import { connectorFolder, kafkaFolder, venvFolder } from '../cache-layout.js';
import { inspectSpark } from '../install/ensure-spark.js';
import { findJava } from '../find-java.js';
import { findPython } from '../find-python.js';
import { inspectJars } from '../integrity/inspect-jars.js';
import { damageText, type PartState } from '../integrity/part-state.js';
import { checkVenvModule } from '../install/python-venv.js';
import { bringsConnector, givenHome, readSparkHome, wantedSpark } from '../spark-home.js';
import { cacheFinding } from './check-cache.js';
import { defaultSpark, kafkaVersion, sparkForBundledJava } from '../versions.js';

type Finding = Omit<Check, 'name'>;

/** Checks Java, Python, Spark and the jars, each with its finding and the fix. Installs nothing. */
export async function checkToolchain(options: {
  readonly host: Host;
  readonly sparkVersion?: string;
  /** The folder of an existing Spark, in place of that of SPARK_HOME. */
  readonly sparkHome?: string;
}): Promise<Check[]> {
  const { host, sparkVersion, sparkHome } = options;
  const asked = { version: sparkVersion, home: sparkHome };
  const wanted = await wantedSpark(host.env, asked).catch(() => sparkVersion ?? defaultSpark);
  const hasJava = await findJava(host, wanted).then(
    (java) => java !== undefined,
    () => true,
  );
  const version = hasJava ? wanted : (sparkVersion ?? sparkForBundledJava);
  const fix = `streamtune setup${sparkVersion === undefined ? '' : ` --spark-version ${sparkVersion}`}`;
  const look = { host, asked, version, fix };
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
  readonly asked: SparkRequest;
  readonly version: string;
  /** The command that installs it, or mends it. */
  readonly fix: string;
}

async function spark({ host, asked, version, fix }: Look): Promise<Finding> {
  const given = givenHome(host.env, asked);
  if (given !== undefined) {
    const found = await readSparkHome(given, asked.version);
    return { status: 'ok', finding: `${found.version} (${given.name}, ${given.path})` };
  }
  const cache = cacheFolder(host);
  const found = await findJava(host, version).catch(() => undefined);
  const state = await inspectSpark({ host, cache, found, asked: { version } }, { checksums: true });
  return installed(state, {
    version,
    fix,
    folder: venvFolder(cache, version, found === undefined),
  });
}

async function connector(look: Look): Promise<Finding> {
  const { host, asked, version } = look;
  const given = givenHome(host.env, asked);
  if (given === undefined) {
    const folder = connectorFolder(cacheFolder(host), { version, scala: scalaOf(version) });
    return await jars(look, folder);
  }
  const own = await readSparkHome(given, asked.version);
  if (await bringsConnector(own)) {
    return { status: 'ok', finding: `${own.version} (in ${given.name})` };
  }
  const folder = connectorFolder(cacheFolder(host), own);
  return await jars({ ...look, version: own.version }, folder);
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
