import { expect } from 'chai';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { rateLine } from '../../../src/cli/broker/rate-line.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('--quiet', () => {
  const folder = temporaryFolder();

  async function night(...more: readonly string[]) {
    const { host, written } = testHost();
    const file = projectPath('experiments/sf-crime-kryo.yaml');
    const world = projectPath('experiments/simulated/lively-night.yaml');
    const results = ['--results', join(folder, 'results'), '--simulate', world];
    expect(await runCommandLine(['run', file, ...results, ...more], host)).to.equal(0);
    return written;
  }

  it('leaves out the progress of a run, and keeps its findings, its table and where the report is', async () => {
    const loud = await night();
    const quiet = await night('-q');
    expect(quiet.out).to.equal(loud.out);
    const lines = (text: string) => text.split('\n').filter((line) => !line.startsWith('Report: '));
    expect(loud.err).to.match(/^block 1\/\d .* started/m);
    const kept = lines(quiet.err).filter((line) => line !== '');
    expect(lines(loud.err)).to.include.members(kept);
    expect(quiet.err)
      .to.match(/^Report: /m)
      .and.to.match(/^warning: /m)
      .and.not.to.match(/^(block|Results)/m);
  });

  it('leaves out the rates of produce and consume', () => {
    for (const [quiet, expected] of [
      [true, ''],
      [false, 'Sent 5 records, 5 records/s.\n'],
    ] as const) {
      const { host, written } = testHost();
      const line = rateLine(host, { verb: 'Sent', quiet });
      line.update(5);
      line.end({ records: 5, elapsedMs: 1_000 });
      expect(written.err).to.equal(expected);
    }
  });
});
