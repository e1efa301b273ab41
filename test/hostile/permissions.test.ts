import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { ensureToolchain } from '../../src/toolchain/ensure-toolchain.js';
import { fakeMachine } from '../helpers/fake-machine.js';
import type { Met, Outcome } from '../helpers/outcome-of.js';
import { testHost } from '../helpers/test-host.js';
import { unprivileged } from '../helpers/unprivileged.js';

interface Row {
  readonly name: string;
  readonly door: 'places';
  /** Prepares the complete cache at `cache` before it loses its permissions. */
  readonly prepare: (cache: string) => void;
  /** The variables that lead to the cache. */
  readonly env: (cache: string) => Record<string, string>;
  readonly mode?: number;
  readonly says: RegExp;
  readonly expect: Outcome;
}

const unusable = { code: 'CACHE_UNUSABLE', exitCode: 3 } as const;
const asItIs = () => undefined;
const own = (cache: string) => ({ STREAMTUNE_CACHE: cache });

const rows: readonly Row[] = [
  {
    name: 'a complete cache that cannot be written works, without a lock',
    door: 'places',
    prepare: asItIs,
    env: own,
    says: /^$/,
    expect: { code: null, exitCode: 0 },
  },
  {
    name: 'an incomplete cache that cannot be written',
    door: 'places',
    prepare: (cache) => {
      rmSync(join(cache, 'kafka-4.4.0'), { recursive: true });
    },
    env: own,
    says: /^Kafka is not installed, and the cache .*cannot be written: permission denied\.\nSet STREAMTUNE_CACHE/,
    expect: unusable,
  },
  {
    name: 'a damaged cache that cannot be written',
    door: 'places',
    prepare: (cache) => {
      truncateSync(join(cache, 'kafka-4.4.0', 'spark-sql-kafka-0-10_any.jar'), 1);
    },
    env: own,
    says: /^Kafka is damaged \(spark-sql-kafka-0-10_any\.jar has 1 of 4 bytes\), and the cache .*cannot be written/,
    expect: unusable,
  },
  {
    name: 'a cache that cannot be read',
    door: 'places',
    prepare: asItIs,
    env: own,
    mode: 0o000,
    says: /^Spark is damaged \(streamtune-complete\.json: permission denied.*cannot be written: permission denied/,
    expect: unusable,
  },
  {
    name: 'a HOME that cannot be written',
    door: 'places',
    prepare: asItIs,
    env: (cache) => ({ HOME: cache }),
    says: /^Spark is not installed, and the cache .*cannot be written: permission denied/,
    expect: unusable,
  },
  {
    name: 'no HOME, and a user without an entry',
    door: 'places',
    prepare: asItIs,
    env: () => ({}),
    says: /^This user has no home folder/,
    expect: unusable,
  },
];

/** Calls ensureToolchain as a user whom permissions bind. */
const script = `
  const { ensureToolchain } = await import(process.argv[1]);
  const { outcomeOf } = await import(process.argv[2]);
  const { testHost } = await import(process.argv[3]);
  const { host } = testHost();
  const met = await outcomeOf(() => ensureToolchain({ host, onStep: () => undefined }));
  console.log(JSON.stringify(met));
`;

describe('a cache and its permissions', function () {
  this.timeout(30_000);
  let machine: ReturnType<typeof fakeMachine>;
  const user = unprivileged();
  before(async function () {
    if (user === undefined) {
      console.error('NOT CHECKED: permissions, as only root can read this clone');
      this.skip();
    }
    machine = fakeMachine();
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    await ensureToolchain({ host: testHost(machine.env).host, onStep: () => undefined });
    chmodSync(machine.root, 0o755);
  });
  after(() => {
    if (user === undefined) return;
    for (const name of readdirSync(machine.root)) chmodSync(join(machine.root, name), 0o755);
    machine.remove();
  });

  for (const [at, { name, prepare, env, mode = 0o555, says, expect: expected }] of rows.entries()) {
    it(`are met with a message and a code: ${name}`, function () {
      if (name.startsWith('no HOME') && user?.uid === undefined) this.skip();
      const cache = join(machine.root, `cache-${String(at)}`);
      cpSync(machine.cache, cache, { recursive: true });
      prepare(cache);
      chmodSync(cache, mode);
      const modules = [
        'src/toolchain/ensure-toolchain.js',
        'test/helpers/outcome-of.js',
        'test/helpers/test-host.js',
      ].map((module) => projectPath(`dist/${module}`));
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...modules], {
        ...user,
        env: { PATH: machine.env.PATH, ...env(cache) },
        cwd: '/',
        encoding: 'utf8',
      });
      const { outcome, text } = JSON.parse(child.stdout) as Met;
      expect(outcome, text + child.stderr).to.deep.equal(expected);
      expect(text).to.match(says);
      if (mode === 0o555) expect(readdirSync(cache)).not.to.include('setup.lock');
    });
  }
});
