import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, defaultOf, type KnobEntry } from '../../src/knobs/catalogue.js';
import { isHot } from '../../src/knobs/hot-knobs.js';
import { isBefore } from '../../src/knobs/version-order.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { projectPath } from '../../src/process/project-paths.js';
import { runCommand } from '../../src/process/run-command.js';
import { submitCommand } from '../../src/spark/submit/submit-command.js';
import { readSparkHome } from '../../src/toolchain/spark-home.js';
import { testedSparks } from '../../src/toolchain/versions.js';
import { realToolchain } from '../helpers/real-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

interface Entry {
  /** Empty where Spark does not say one. */
  readonly since: string;
  readonly default: string;
  /** Whether a running session can have another level. */
  readonly isModifiable: boolean;
}

type Entries = Readonly<Record<string, Entry | null>>;

/** Keys that Spark reads without an entry of its own, or in a module that is loaded only when it is used. */
const withoutEntry = [
  'spark.master',
  'spark.version',
  'spark.app.name',
  'spark.rdd.compress',
  'spark.scheduler.mode',
  'spark.default.parallelism',
];
/** Read by the Kafka modules, which are no part of the session here. */
const withoutEntryBelow = ['spark.kafka.consumer.', 'spark.streaming.kafka.'];
/** Spark says of these that they came with 4.1, or 4.3, but a running 4.1.1 does not know them, and 4.2.0 does. */
const datedWrongly = [
  'spark.sql.streaming.queryEvolution.enableSinkEvolution',
  'spark.sql.streaming.queryEvolution.enableSourceEvolution',
  'spark.sql.streaming.stateStore.autoSnapshotRepair.enabled',
  'spark.sql.streaming.stateStore.rowChecksum.enabled',
  'spark.sql.streaming.stateStore.rowChecksum.readVerificationRatio',
];
/** Kept by a checkpoint in another way than by Spark's list. (4.2 keeps the number of partitions of the state.) */
const keptOtherwise = [
  'spark.sql.shuffle.partitions',
  'spark.sql.streaming.offsetLog.formatVersion',
];

/** The folder of a package from PyPI: a Spark whose connector is not published yet, as 4.3.0 was. Not set: no such test. */
const plainSpark = process.env['STREAMTUNE_PLAIN_SPARK'];

describe('the knob catalogue, beside a real Spark', () => {
  const folder = temporaryFolder();

  for (const line of testedSparks) {
    it(`has the defaults and the versions of Spark ${line}, and what its checkpoints keep`, async () => {
      await compare(await realToolchain(line));
    });
  }

  if (plainSpark !== undefined) {
    it(`has those of the Spark in ${plainSpark}`, async () => {
      const { version } = await readSparkHome({ path: plainSpark, name: 'SPARK_HOME' }, undefined);
      const toolchain = await realToolchain();
      const python = {
        ...toolchain.python,
        executable: join(plainSpark, '../../../../bin/python'),
      };
      const spark = { ...toolchain.spark, home: plainSpark, version };
      await compare({ ...toolchain, python, spark });
    });
  }

  async function compare(toolchain: Toolchain): Promise<void> {
    const { version } = toolchain.spark;
    const { entries, kept } = await readSession(toolchain, join(folder, version));
    const differences = catalogue().flatMap((entry) => differencesOf(entry, entries, version));
    expect(differences).to.deep.equal([]);
    expect(Object.values(entries).filter((entry) => entry !== null).length).to.be.greaterThan(80);
    const frozen = catalogue()
      .filter(({ key, frozen = false }) => frozen && (entries[key] ?? null) !== null)
      .map(({ key }) => key);
    const known = kept.filter((key) => entries[key] !== undefined);
    expect(known.length).to.be.greaterThan(4);
    expect(frozen.filter((key) => !keptOtherwise.includes(key))).to.have.members(
      known.filter((key) => !keptOtherwise.includes(key)),
    );
  }
});

/** What a session of that Spark says of the catalogue's keys, and which keys its checkpoints keep. */
async function readSession(
  toolchain: Toolchain,
  scratch: string,
): Promise<{ readonly entries: Entries; readonly kept: readonly string[] }> {
  const { env, signal } = testHost().host;
  mkdirSync(scratch);
  const keys = catalogue()
    .map(({ key }) => key)
    .filter((key) => key.startsWith('spark.'));
  writeFileSync(join(scratch, 'keys.json'), JSON.stringify(keys));
  const command = submitCommand({
    toolchain,
    env,
    knobs: { 'spark.master': 'local[1]' },
    files: { scratch },
    submission: {
      files: [],
      application: [
        projectPath('test/fixtures/jobs/config_entries.py'),
        join(scratch, 'keys.json'),
        'org.apache.spark.streaming.StreamingConf$',
        'org.apache.spark.sql.kafka010.package$',
      ],
      env: {},
    },
  });
  const { stdout, stderr } = await runCommand(command, { signal, timeoutMs: 120_000 });
  const [entries, kept] = ['ENTRIES', 'KEPT'].map((name) => {
    const text = new RegExp(`^${name} (.*)$`, 'm').exec(stdout)?.[1];
    expect(text, stderr).to.be.a('string');
    return JSON.parse(text!) as unknown;
  });
  return { entries: entries as Entries, kept: kept as readonly string[] };
}

function differencesOf(ours: KnobEntry, entries: Entries, version: string): string[] {
  const { key, since, until } = ours;
  const entry = entries[key];
  if (entry === undefined) return [];
  const early = since !== null && isBefore(version, since);
  const late = until !== undefined && !isBefore(version, until);
  if (entry === null) {
    const known =
      withoutEntry.includes(key) || withoutEntryBelow.some((start) => key.startsWith(start));
    return early || late || known ? [] : [`${key}: Spark ${version} has no entry`];
  }
  const fallback = defaultOf(ours, version);
  return [
    ...(isHot(key) && !entry.isModifiable
      ? [`${key}: a running session cannot have another level`]
      : []),
    ...(late ? [`${key}: Spark ${version} has it still`] : []),
    ...(entry.since === since || entry.since === '' || datedWrongly.includes(key)
      ? []
      : [`${key}: since ${entry.since}, not ${String(since)}`]),
    ...(sameDefault(entry.default, fallback)
      ? []
      : [`${key}: default ${entry.default}, not ${String(fallback)}`]),
  ];
}

/** Spark writes 1g as 1g or 1073741824b, 10s as 10000ms; words in the catalogue stand for what is computed. */
function sameDefault(real: string, ours: string | null): boolean {
  if (real.startsWith('<value of ')) return true;
  if (ours === null) return real === '<undefined>' || real === '';
  if (ours.includes(' ') || /[’]/.test(ours)) return true;
  return amount(real) === amount(ours);
}

function amount(text: string): string {
  const match = /^(-?[\d.]+)(b|k|m|g|ms|s|m|min|h)?b?$/i.exec(text.toLowerCase());
  if (match === null) return text.toLowerCase();
  const factors: Readonly<Record<string, number>> = {
    k: 2 ** 10,
    m: 2 ** 20,
    g: 2 ** 30,
    s: 1_000,
    min: 60_000,
  };
  return String(Number(match[1]) * (factors[match[2] ?? ''] ?? 1));
}
