import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRun, listRunFolders } from '../../../src/store/find-run.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('a run', () => {
  const root = temporaryFolder();
  const results = 'results';
  const at = (name: string) => join(root, results, name);
  const find = (given: string) => findRun(given, { cwd: root, results });
  before(() => {
    for (const name of [
      '2026-01-30T20-00-00-quick',
      '2026-01-31T20-00-00-overnight',
      '2026-01-31T20-00-00-overnight-2',
      '2026-01-31T20-00-00-overnight-10',
      'kept',
      'notes',
    ]) {
      mkdirSync(at(name), { recursive: true });
    }
    writeFileSync(join(at('kept'), 'manifest.json'), '{}');
    writeFileSync(at('2026-02-01T20-00-00-a-file'), '');
  });

  it('is listed with the others, the newest first, and whatever holds no run is not', async () => {
    expect(await listRunFolders(join(root, results))).to.deep.equal(
      [
        '2026-01-31T20-00-00-overnight-10',
        '2026-01-31T20-00-00-overnight-2',
        '2026-01-31T20-00-00-overnight',
        '2026-01-30T20-00-00-quick',
        'kept',
      ].map(at),
    );
    expect(await listRunFolders(join(root, 'nowhere'))).to.deep.equal([]);
  });

  it('is found by its path, by its name in the results folder, and as the latest', async () => {
    const quick = at('2026-01-30T20-00-00-quick');
    expect(await find('results/2026-01-30T20-00-00-quick/')).to.equal(quick);
    expect(await find(quick)).to.equal(quick);
    expect(await find('2026-01-30T20-00-00-quick')).to.equal(quick);
    expect(await find('kept')).to.equal(at('kept'));
    expect(await find('latest')).to.equal(at('2026-01-31T20-00-00-overnight-10'));
  });

  it('is found by its path first, also where the results folder has that name', async () => {
    mkdirSync(join(root, 'kept'));
    expect(await find('kept')).to.equal(join(root, 'kept'));
  });

  it('that is not there is met with the closest name', async () => {
    const meant = async (given: string) =>
      (await expectError(find(given), 'RUN_NOT_FOUND')).message;
    expect(await meant('2026-01-30T20-00-00-quikc')).to.equal(
      'There is no run 2026-01-30T20-00-00-quikc. Did you mean 2026-01-30T20-00-00-quick?',
    );
    expect(await meant('overnight')).to.contain('Did you mean 2026-01-31T20-00-00-overnight?');
    expect(await meant('qiuck')).to.contain('Did you mean 2026-01-30T20-00-00-quick?');
    expect(await meant('something-else')).to.equal('There is no run something-else.');
    expect(await meant('')).to.equal('A run with an empty name cannot be.');
  });

  it('cannot have a name that no file can have', async () => {
    const { message } = await expectError(find('a\0b'), 'RUN_NOT_FOUND');
    expect(message).to.equal('There is no run a\\0b: the path has a NUL character.');
    const long = await expectError(find('a'.repeat(300)), 'RUN_NOT_FOUND');
    expect(long.message).to.contain(': the name is too long.');
  });

  it('is not looked for in a file', async () => {
    const file = join(results, '2026-02-01T20-00-00-a-file');
    const error = await expectError(
      findRun('latest', { cwd: root, results: file }),
      'RUN_NOT_FOUND',
    );
    expect(error.message).to.contain('it is a file, not a folder');
  });

  it('is never the latest where there is none', async () => {
    const error = await expectError(
      findRun('latest', { cwd: root, results: 'nowhere' }),
      'RUN_NOT_FOUND',
    );
    expect(error.message).to.equal(`There is no run in ${join(root, 'nowhere')}.`);
    expect(error.hint).to.contain('--results');
  });
});
