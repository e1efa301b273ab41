import { expect } from 'chai';
import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../../src/process/files/make-folder.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('making a folder', () => {
  const folder = temporaryFolder();
  const codeOf = (path: string) =>
    makeFolder(path).then(
      () => 'made',
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );

  it('makes those above it too, and takes one that is there', async () => {
    const path = join(folder, 'a', 'b', 'c');
    await Promise.all([makeFolder(path), makeFolder(path)]);
    await makeFolder(path);
    expect(statSync(path).isDirectory()).to.equal(true);
    symlinkSync(path, join(folder, 'link'));
    await makeFolder(join(folder, 'link', 'd'));
    expect(existsSync(join(path, 'd'))).to.equal(true);
  });

  it('fails where there is a file, and where the system takes no folders', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await codeOf(join(folder, 'file'))).to.equal('EEXIST');
    expect(await codeOf(join(folder, 'file', 'x'))).to.equal('ENOTDIR');
    if (existsSync('/proc/self')) expect(await codeOf('/proc/x/y')).to.equal('ENOENT');
  });
});
