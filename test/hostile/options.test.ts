import { expect } from 'chai';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { projectPath } from '../../src/process/project-paths.js';
import { optionRows } from './options.js';
import { endingOf, endingOfProcess, testRows } from './rows.js';
import { streamtune } from '../helpers/streamtune.js';
import { testHost } from '../helpers/test-host.js';

describe('a hostile command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-options-'));
  before(() => {
    copyFileSync(projectPath('experiments/quick.yaml'), join(folder, 'quick.yaml'));
    const levels = Array.from({ length: 101 }, (_, level) => level + 1).join(', ');
    const wide = `version: 1\nname: wide\nfactors: { spark.sql.shuffle.partitions: [${levels}] }\n`;
    writeFileSync(join(folder, 'wide.yaml'), wide);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  testRows(optionRows, async ({ args }) => {
    const { host, written, controller } = testHost({ PATH: '', HOME: folder });
    controller.abort();
    return await endingOf(() => runCommandLine(args, { ...host, cwd: folder }), written);
  });

  it('begins nothing', () => {
    expect(readdirSync(folder)).to.have.members(['quick.yaml', 'wide.yaml']);
  });

  it('is a table of at least 150 rows, each of its own', () => {
    const different = new Set(optionRows.map(({ args }) => JSON.stringify(args)));
    expect(different.size).to.equal(optionRows.length).and.to.be.at.least(150);
  });
});

/** A few of them as a shell hands them over; the others in this process, which is faster by half a second each. */
describe('a hostile command line of the real program', () => {
  const wanted = ['list', '\u001b[31mred'];
  testRows(
    optionRows.filter(({ name }) => wanted.includes(name)),
    async ({ args }) => {
      const ending = endingOfProcess(await streamtune(args));
      expect(ending.text).not.to.contain('\u001b');
      return ending;
    },
    { limitMs: 30_000 },
  );
});
