import { expect } from 'chai';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGolden } from '../../helpers/golden.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('expectGolden', () => {
  const folder = temporaryFolder();
  const golden = join(folder, 'a.txt');
  beforeEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    writeFileSync(golden, 'as it was\n');
  });
  const compare = (text: string, update = false) => {
    expectGolden('a.txt', text, { folder, update });
  };
  const files = () =>
    Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    );

  it('passes where the text is what it was, and clears up after a mismatch before', () => {
    writeFileSync(`${golden}.got`, 'of another day\n');
    compare('as it was\n');
    expect(files()).to.deep.equal({ 'a.txt': 'as it was\n' });
  });

  it('fails where it is not, leaves the new text beside the old one, and says how to take it over', () => {
    expect(() => {
      compare('as it is\n');
    }).to.throw(/a\.txt\.got; UPDATE_GOLDEN=1/);
    expect(files()).to.deep.equal({ 'a.txt': 'as it was\n', 'a.txt.got': 'as it is\n' });
  });

  it('fails where there is no golden file yet, even for an empty text', () => {
    rmSync(golden);
    expect(() => {
      compare('');
    }).to.throw(/a\.txt\.got/);
    expect(files()).to.deep.equal({ 'a.txt.got': '' });
  });

  it('writes the new text over the old one where that is asked', () => {
    writeFileSync(`${golden}.got`, 'as it is\n');
    compare('as it is\n', true);
    expect(files()).to.deep.equal({ 'a.txt': 'as it is\n' });
  });

  it('makes a golden file that is not there where that is asked', () => {
    rmSync(golden);
    compare('new\n', true);
    expect(files()).to.deep.equal({ 'a.txt': 'new\n' });
  });

  it('is asked by the environment, and by nothing else than 1', () => {
    const before = process.env['UPDATE_GOLDEN'];
    try {
      process.env['UPDATE_GOLDEN'] = '0';
      expect(() => {
        expectGolden('a.txt', 'new\n', { folder });
      }).to.throw();
      process.env['UPDATE_GOLDEN'] = '1';
      expectGolden('a.txt', 'new\n', { folder });
      expect(files()).to.deep.equal({ 'a.txt': 'new\n' });
    } finally {
      if (before === undefined) delete process.env['UPDATE_GOLDEN'];
      else process.env['UPDATE_GOLDEN'] = before;
    }
  });
});
