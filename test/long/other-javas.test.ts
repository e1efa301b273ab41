import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedToolchain } from '../helpers/cached-toolchain.js';
import { installedJava } from '../helpers/other-javas.js';
import { quickJvmLine } from '../helpers/quick-jvm.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** With the kind of archive that each makes of classes. Java 21 of PyPI lacks a module that Spark 4.2 asks for. */
const javas = [
  { major: 21, kind: 'jsa' },
  { major: 25, kind: 'aot' },
] as const;

for (const { major, kind } of javas) {
  describe(`streamtune on Java ${String(major)}`, () => {
    const folder = temporaryFolder();
    let env: NodeJS.ProcessEnv;
    before(function () {
      const home = installedJava(major);
      if (home === undefined) {
        const name = `Java ${String(major)}`;
        console.error(
          `NOT TRIED: ${name}, as none is installed and JAVA_HOME_${String(major)} is not set`,
        );
        return this.skip();
      }
      const cache = cachedToolchain(join(folder, 'cache'));
      env = { ...process.env, JAVA_HOME: home, STREAMTUNE_CACHE: cache };
    });

    const archives = () => readdirSync(join(folder, 'cache', 'class-archives'));

    it('is set up with the archives of classes that this Java can make', async () => {
      const { code, stderr } = await streamtune(['setup'], env);
      expect(code, stderr).to.equal(0);
      const kept = archives().filter((name) => name.endsWith(`.${kind}`));
      const made = kept.map((name) => name.replace(/-.*/, '')).sort();
      expect(made, stderr).to.deep.equal(['kafka', 'spark']);
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
        expect(javaVersion.split('.')[0]).to.equal(String(major));
      }
      const manifest = readFileSync(join(run, 'manifest.json'), 'utf8');
      const { classArchive = '' } = JSON.parse(manifest) as { readonly classArchive?: string };
      expect(archives()).to.include(`${classArchive}.${kind}`);
      expect(takesSparkFromArchive()).to.deep.equal([true, true]);
    });

    /** Of each JVM that ran a job: whether it took Spark's own classes from the archive. */
    function takesSparkFromArchive(): boolean[] {
      const logs = readdirSync(folder).filter((name) => name.startsWith('loaded-classes-'));
      return logs
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .filter((text) => text.includes(' org.apache.spark.SparkContext '))
        .map((text) => /org\.apache\.spark\.SparkContext source: shared objects file/.test(text));
    }
  });
}
