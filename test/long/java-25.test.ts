import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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
  let home: string;
  before(function () {
    const found = java25();
    if (found === undefined) {
      console.error(
        `NOT TRIED: Java 25, as there is none in ${systemJavas} and JAVA_HOME_25 is not set`,
      );
      this.skip();
    } else home = found;
  });

  it('runs the broker and the newest tested Spark, and every trial counts', async () => {
    const file = smallNight(
      folder,
      'design: { blocks: 1 }\nmeasurement: { warmup: 1s, timeLimit: 2m }\n',
    );
    const results = join(folder, 'results');
    const env = { ...process.env, JAVA_HOME: home };
    const { code, stderr } = await streamtune(['run', file, '--results', results], env);
    expect(code, stderr).to.equal(0);
    const run = join(results, readdirSync(results)[0]!);
    expect(readSummary(run).trials.map(({ outcome }) => outcome)).to.deep.equal([
      'succeeded',
      'succeeded',
    ]);
    for (const trial of readdirSync(join(run, 'trials'))) {
      const read = (name: string) => readFileSync(join(run, 'trials', trial, name), 'utf8');
      const { javaVersion } = JSON.parse(read('effective-conf.json')) as { javaVersion: string };
      expect(javaVersion).to.match(/^25\b/);
    }
  });
});
