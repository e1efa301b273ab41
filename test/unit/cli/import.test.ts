import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { expectError } from '../../helpers/expect-error.js';
import { expectGolden } from '../../helpers/golden.js';
import { driverMessage, eventLine, recordedProgress } from '../../helpers/log-text.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('streamtune import', () => {
  const folder = temporaryFolder();
  const recorded = recordedProgress();
  /** 200 kB that are no text, the same each time. */
  const random = seededRandom(3);
  const noise = Buffer.from(Array.from({ length: 200_000 }, () => random.below(256)));
  const damagedGzip = Buffer.concat([Buffer.from([0x1f, 0x8b]), noise.subarray(0, 2_000)]);
  const file = (name: string, text: string | Buffer) => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  async function call(...args: string[]) {
    const { host, written } = testHost();
    expect(await runCommandLine(['import', ...args], { ...host, cwd: folder })).to.equal(0);
    return written.out;
  }
  const progress = () => {
    const lines = recorded.map((one) => JSON.stringify(one));
    return file('progress.ndjson', `${lines.join('\n')}\n{"runId":`);
  };

  it('prints what a run would show, without verdicts', async () => {
    const text = await call(progress());
    expectGolden('imported-log.txt', text);
    expect(text).to.contain('One log is no experiment');
  });

  it('prints the same as Markdown and as JSON', async () => {
    expectGolden('imported-log.md', await call(progress(), '--markdown'));
    const json = JSON.parse(await call(progress(), '--json')) as {
      version: number;
      queries: { measurement: { counts: { batches: number } } }[];
    };
    expect(json.version).to.equal(1);
    expect(json.queries.map(({ measurement }) => measurement.counts.batches)).to.deep.equal([6]);
  });

  it('takes several logs of one query for one', async () => {
    const text = await call(
      file('driver.log', `${driverMessage(recorded[0], 'INFO Micro: ')}\n`),
      file('app-1', `${recorded.map(eventLine).join('\n')}\n`),
    );
    expect(text).to.match(/Read 2 files.*1 query, 6 batches/);
    expect(text).to.contain('Left out: 1 batch that another log had, too.');
  });

  it('says what a log without progress is, and what would have logged it', async () => {
    const host = { ...testHost().host, cwd: folder };
    for (const [name, text, says, hint] of [
      ['a.log', '26/11/26 INFO SparkContext: Running\n', /a log of a program/, /level is INFO/],
      ['app', '{"Event":"SparkListenerLogStart"}\n', /an event log/, /no streaming query/],
      ['x.bz2', 'BZh91AY', /packed in a way/, /Unpack it/],
      ['empty', '', /empty seems to be an empty file/, /spark.eventLog.enabled/],
      ['noise', noise, /noise seems to be binary data: \d+ lines with NUL/, /driver log at level/],
      ['x.gz', damagedGzip, /x\.gz is packed \(gzip\): .* damaged/, /another copy/],
    ] as const) {
      const error = await expectError(
        runCommandLine(['import', file(name, text)], host),
        'LOG_WITHOUT_PROGRESS',
      );
      expect(error.message).to.match(says);
      expect(error.hint).to.match(hint);
    }
  });

  it('refuses two formats at once', async () => {
    const both = runCommandLine(['import', 'a', '--json', '--markdown'], testHost().host);
    await expectError(both, 'USAGE');
  });
});
