import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/knobs/catalogue.js';
import { projectPath } from '../../src/process/project-paths.js';
import { runCommand } from '../../src/process/run-command.js';
import { submitCommand } from '../../src/spark/submit-command.js';
import { realToolchain } from '../helpers/real-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

type Entries = Readonly<
  Record<string, { readonly since: string; readonly default: string } | null>
>;

/** Keys that Spark reads without an entry of its own, or in a module that is loaded only when it is used. */
const withoutEntry = [
  'spark.master',
  'spark.app.name',
  'spark.rdd.compress',
  'spark.scheduler.mode',
  'spark.default.parallelism',
];
/** Read as they are written, or by the Kafka modules, which are no part of the session here. */
const withoutEntryBelow = [
  'spark.sql.streaming.stateStore.rocksdb.',
  'spark.kafka.consumer.',
  'spark.streaming.kafka.',
];

describe('the knob catalogue, beside a real Spark', () => {
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;

  for (const line of ['4.0.0', '3.5.7']) {
    it(`has the defaults and the versions of Spark ${line}`, async () => {
      const toolchain = await realToolchain(line);
      const scratch = join(folder, line);
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
          application: [
            projectPath('test/fixtures/jobs/config_entries.py'),
            join(scratch, 'keys.json'),
            'org.apache.spark.streaming.StreamingConf$',
            'org.apache.spark.sql.kafka010.package$',
          ],
          env: {},
        },
      });
      const { stdout, stderr } = await runCommand(command, { signal, timeoutMs: 60_000 });
      const text = /ENTRIES (.*)/.exec(stdout)?.[1];
      expect(text, stderr).to.be.a('string');
      const entries = JSON.parse(text!) as Entries;
      const differences = catalogue().flatMap(({ key, since, default: fallback }) => {
        const entry = entries[key];
        if (entry === undefined) return [];
        if (entry === null) {
          const unknown = since !== null && isLater(since, line);
          const known =
            withoutEntry.includes(key) || withoutEntryBelow.some((start) => key.startsWith(start));
          return unknown || known ? [] : [`${key}: Spark ${line} has no entry`];
        }
        return [
          ...(entry.since === since ? [] : [`${key}: since ${entry.since}, not ${String(since)}`]),
          ...(sameDefault(entry.default, fallback)
            ? []
            : [`${key}: default ${entry.default}, not ${String(fallback)}`]),
        ];
      });
      expect(differences).to.deep.equal([]);
      expect(Object.values(entries).filter((entry) => entry !== null).length).to.be.greaterThan(50);
    });
  }
});

function isLater(version: string, line: string): boolean {
  return version.localeCompare(line, undefined, { numeric: true }) > 0;
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
