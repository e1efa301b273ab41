import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedToolchain } from '../helpers/cached-toolchain.js';
import { quickJvmLine } from '../helpers/quick-jvm.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const systemJavas = '/usr/lib/jvm';

/** The home of a Java 25: JAVA_HOME_25, or the first in the folder where Linux keeps its Javas; undefined for none. */
function java25(): string | undefined {
  const named = process.env['JAVA_HOME_25'];
  if (named !== undefined && named !== '') return named;
  const names = existsSync(systemJavas) ? readdirSync(systemJavas).sort() : [];
  return names
    .filter((name) => /(?:^|\D)25(?:\D|$)/.test(name))
    .map((name) => join(systemJavas, name))
    .find((home) => existsSync(join(home, 'bin', 'java')));
}

describe('streamtune on Java 25', () => {
  const folder = temporaryFolder();
  let env: NodeJS.ProcessEnv;
  before(function () {
    const home = java25();
    if (home === undefined) {
      console.error(
        `NOT TRIED: Java 25, as there is none in ${systemJavas} and JAVA_HOME_25 is not set`,
      );
      this.skip();
    }
    const cache = cachedToolchain(join(folder, 'cache'));
    env = { ...process.env, JAVA_HOME: home, STREAMTUNE_CACHE: cache };
  });

  const archives = () => readdirSync(join(folder, 'cache', 'class-archives'));

  it('is set up with the caches of classes that only Java 24 and later have', async () => {
    const { code, stderr } = await streamtune(['setup'], env);
    expect(code, stderr).to.equal(0);
    const kept = archives().filter((name) => name.endsWith('.aot'));
    expect(kept.map((name) => name.replace(/-.*/, '')).sort()).to.deep.equal(['kafka', 'spark']);
  });

  it('runs the broker and the newest tested Spark from them, and every trial counts', async () => {
    const loaded = join(folder, 'loaded-classes-%p.log');
    const file = smallNight(
      folder,
      'design: { blocks: 1 }\nmeasurement: { warmup: 1s, timeLimit: 2m }\n',
    );
    const telling = `  spark.driver.extraJavaOptions: "-Xlog:class+load:file=${loaded}"`;
    writeFileSync(file, readFileSync(file, 'utf8').replace(quickJvmLine, telling));
    const results = join(folder, 'results');
    const { code, stderr } = await streamtune(['run', file, '--results', results], env);
    expect(code, stderr).to.equal(0);
    const run = join(results, readdirSync(results)[0]!);
    const { trials } = readSummary(run);
    expect(trials.map(({ outcome }) => outcome)).to.deep.equal(['succeeded', 'succeeded']);
    for (const { id } of trials) {
      const text = readFileSync(join(run, 'trials', id, 'effective-conf.json'), 'utf8');
      const { javaVersion } = JSON.parse(text) as { readonly javaVersion: string };
      expect(javaVersion).to.match(/^25\b/);
    }
    const manifest = readFileSync(join(run, 'run.json'), 'utf8');
    const { classArchive = '' } = JSON.parse(manifest) as { readonly classArchive?: string };
    expect(archives()).to.include(`${classArchive}.aot`);
    expect(classesFromArchive()).to.deep.equal([true, true]);
  });

  /** Of each JVM that ran a job: whether it took Spark's own classes from the cache. */
  function classesFromArchive(): boolean[] {
    const logs = readdirSync(folder).filter((name) => name.startsWith('loaded-classes-'));
    return logs
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((text) => text.includes(' org.apache.spark.SparkContext '))
      .map((text) => /org\.apache\.spark\.SparkContext source: shared objects file/.test(text));
  }
});
