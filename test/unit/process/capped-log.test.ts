import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cappedLog } from '../../../src/process/capped-log.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('a capped log', () => {
  const folder = temporaryFolder();
  let files = 0;
  const written = async (pieces: readonly string[]) => {
    files += 1;
    const file = join(folder, `${String(files)}.log`);
    const log = cappedLog(file, { head: 10, tail: 6 });
    for (const piece of pieces) log.write(piece);
    await log.close();
    return readFileSync(file, 'utf8');
  };

  it('keeps a short text whole', async () => {
    expect(await written(['0123456789', 'abcdef'])).to.equal('0123456789abcdef');
    expect(await written([])).to.equal('');
  });

  it('keeps beginning and end of a long one, and says what it lacks', async () => {
    const expected = '0123456789\n[streamtune left out 20 characters here]\nuvwxyz';
    const text = '0123456789abcdefghijklmnopqrstuvwxyz';
    expect(await written([text])).to.equal(expected);
    expect(await written(text.split(''))).to.equal(expected);
  });

  it('goes on with a log that is there', async () => {
    const file = join(folder, 'x.log');
    for (const text of ['one ', 'two']) {
      const log = cappedLog(file);
      log.write(text);
      await log.close();
    }
    expect(readFileSync(file, 'utf8')).to.equal('one two');
  });

  it('loses the log, and nothing else, where it cannot be written', async () => {
    const log = cappedLog(join(folder, 'none', 'x.log'));
    log.write('text');
    log.write('x'.repeat(3_000_000));
    await log.close();
    expect(existsSync(join(folder, 'none'))).to.equal(false);
    expect(await written(['another log'])).to.equal('another log');
  });
});
