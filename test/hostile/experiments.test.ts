import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { prepareRun } from '../../src/run/prepare-run.js';
import { refuseErrors } from '../../src/run/findings/refuse-errors.js';
import { hostileDataFiles } from './data-files.js';
import { enough, hostileExperiments, type FileRow } from './experiments.js';
import { testRows } from './rows.js';
import { expectError } from '../helpers/expect-error.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

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

  function write(index: number, { text, whole, data }: FileRow): string {
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

  describe('are refused before anything starts', () => {
    testRows(rows, async (row) => {
      const file = write(rows.indexOf(row), row);
      const error = await expectError(start(file), row.expect.code);
      const { code, exitCode, message, hint } = error;
      // Nothing of the file may act on a terminal.
      expect(`${message}${hint}`).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(message).not.to.match(/^\s+at |undefined|\[object/m);
      return { code, exitCode, text: message };
    });
  });

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
