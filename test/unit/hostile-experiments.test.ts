import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { prepareRun } from '../../src/run/prepare-run.js';
import { refuseErrors } from '../../src/run/findings/refuse-errors.js';
import { hostileDataFiles } from '../hostile/data-files.js';
import { hostileExperiments } from '../hostile/experiments.js';
import { enough, type HostileRow } from '../hostile/hostile-row.js';
import { expectError } from '../helpers/expect-error.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

/** No file may keep anybody waiting; generous, as the machine may be busy. */
const slowMs = 5_000;

const rows = [...hostileExperiments, ...hostileDataFiles];

describe('hostile experiments and data', () => {
  const folder = temporaryFolder();
  const { stackTraceLimit } = Error;
  before(() => {
    Error.stackTraceLimit = 10; // Node's own; mocha keeps whole stacks, which takes seconds for deep ones
  });
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  function write(index: number, { text, whole, data }: HostileRow): string {
    const place = join(folder, String(index));
    mkdirSync(place);
    const calls = join(place, 'calls');
    if (typeof data === 'string' || Buffer.isBuffer(data)) writeFileSync(calls, data);
    else if (data?.kind === 'folder') mkdirSync(calls);
    else if (data?.kind === 'fifo') execFileSync('mkfifo', [calls]);
    else if (data?.kind === 'link-loop') symlinkSync(calls, calls);
    const file = join(place, 'x.yaml');
    writeFileSync(file, whole === true ? text : `version: 1\nname: x\n${text}`);
    return file;
  }

  /** What `run` does before it starts anything. */
  async function start(file: string): Promise<void> {
    const prepared = await prepareRun(file, { host: testHost().host });
    refuseErrors(file, prepared.findings);
  }

  it('are many, and each is named once', () => {
    expect(hostileExperiments.length).to.be.greaterThan(150);
    const names = rows.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) < index)).to.deep.equal([]);
  });

  it('would be right without what makes them hostile', async () => {
    const file = join(folder, 'right.yaml');
    writeFileSync(file, `version: 1\nname: x\nknobs: { ${enough} }\n`);
    await start(file);
  });

  for (const [index, row] of rows.entries()) {
    const { name, expect: expected } = row;
    it(`are refused before anything starts: ${name}`, async () => {
      const file = write(index, row);
      const startedAt = performance.now();
      const error = await expectError(start(file), expected.code);
      expect(performance.now() - startedAt, 'milliseconds').to.be.lessThan(slowMs);
      expect(error.exitCode).to.equal(expected.exitCode);
      expect(error.message).to.match(expected.says ?? /./);
      if (expected.rule !== undefined) expect(error.message).to.contain(`[${expected.rule}]`);
      // Nothing of the file may act on a terminal.
      expect(`${error.message}${error.hint}`).not.to.match(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
      );
      expect(error.message).not.to.match(/^\s+at |undefined|\[object/m);
    });
  }

  it('are refused by the commands too, which leave nothing behind', async () => {
    for (const [index, row] of rows.entries()) {
      if (index % 12 !== 0) continue;
      const file = write(10_000 + index, row);
      const results = join(folder, 'results');
      const { host, written } = testHost();
      const argv = ['run', file, '--results', results];
      await expectError(runCommandLine(argv, host), row.expect.code);
      expect(written.out, row.name).to.equal('');
      expect(existsSync(results), row.name).to.equal(false);
    }
  });
});
