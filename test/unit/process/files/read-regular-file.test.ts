import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readRegularBytes,
  readRegularFile,
  UnreadableFile,
} from '../../../../src/process/files/read-regular-file.js';
import { readRegularNow } from '../../../../src/process/files/read-regular-now.js';
import type { FileProblem } from '../../../../src/process/files/file-problem.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('reading a regular file', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  before(() => {
    writeFileSync(at('file'), 'grüße\n');
    mkdirSync(at('folder'));
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync(at('file'), at('link'));
    symlinkSync(at('pipe'), at('link-to-pipe'));
    symlinkSync(at('nowhere'), at('dangling'));
  });

  const problemOf = async (reading: Promise<unknown>): Promise<UnreadableFile> => {
    const error: unknown = await reading.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UnreadableFile)) throw new Error(`not refused: ${String(error)}`);
    return error;
  };

  it('gives back its text and its bytes, also through a link', async () => {
    expect(await readRegularFile(at('file'))).to.equal('grüße\n');
    expect(await readRegularFile(at('link'))).to.equal('grüße\n');
    expect(await readRegularBytes(at('file'))).to.have.length(8);
    expect(readRegularNow(at('link')).toString('utf8')).to.equal('grüße\n');
  });

  const refused: readonly (readonly [name: string, problem: FileProblem, text: string])[] = [
    ['folder', 'folder', 'it is a folder, not a file'],
    ['pipe', 'special', 'it is a named pipe, not a file'],
    ['link-to-pipe', 'special', 'it is a named pipe, not a file'],
    ['nothing', 'missing', 'there is no such file'],
    ['dangling', 'missing', 'there is no such file'],
    ['file/below', 'missing', 'a part of its path is a file, not a folder'],
    ['a'.repeat(300), 'bad-path', 'the name is too long'],
    ['nul\0', 'bad-path', 'the path has a NUL character'],
  ];
  for (const [name, problem, text] of refused) {
    it(`refuses ${JSON.stringify(name.slice(0, 20))} as ${problem}`, async () => {
      const error = await problemOf(readRegularFile(at(name)));
      expect(error).to.include({ problem, message: text, file: at(name) });
      const atOnce = await problemOf(
        Promise.resolve(at(name)).then((file) => readRegularNow(file)),
      );
      expect(atOnce).to.include({ problem, message: text, file: at(name) });
    });
  }

  it('refuses a device, which has no end', async () => {
    const error = await problemOf(readRegularFile('/dev/zero'));
    expect(error).to.include({ problem: 'special', message: 'it is a device, not a file' });
  });

  it('refuses a file above the limit', async () => {
    const error = await problemOf(readRegularFile(at('file'), { maxBytes: 7 }));
    expect(error.problem).to.equal('too-large');
    expect(error.message).to.equal('it has 8 bytes, more than the 7 that are read');
    expect(await readRegularFile(at('file'), { maxBytes: 8 })).to.have.length(6);
    expect(() => readRegularNow(at('file'), { maxBytes: 7 })).to.throw(error.message);
  });
});
