import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyData } from '../../../src/dataset/survey-data.js';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { readSample } from '../../../src/dataset/police-call.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('surveyData', () => {
  const folder = temporaryFolder();
  const write = (content: string | Buffer) => {
    const path = join(folder, 'calls.json');
    writeFileSync(path, content);
    return { kind: 'file', path } as const;
  };
  const call = '{"crime_id":"1"}\n';

  it('takes the declared number of generated records', async () => {
    const data = { kind: 'generated', records: 7, seed: 1 } as const;
    expect(await surveyData(data)).to.deep.equal({ records: 7, how: 'declared' });
  });

  it('counts those of a file, up to as many as are wanted', async () => {
    const path = projectPath('data/police-department-calls-for-service.json');
    const data = { kind: 'file', path } as const;
    expect(await surveyData(data)).to.deep.equal({ records: 632, how: 'counted' });
    const few = await surveyData({ ...data, records: 100 });
    expect(few).to.deep.equal({ records: 100, how: 'counted' });
    expect((await surveyData({ ...data, records: 9_000 })).records).to.equal(632);
  });

  it('estimates those of a large file from its size, for lines and for an array', async () => {
    const records = 12_000;
    const calls = [...generateCalls({ sample: readSample(), records, seed: 1 })].map(String);
    for (const text of [calls.join('\n'), `[${calls.join(',\n ')}]`]) {
      const { how, records: found } = await surveyData(write(text), { countedBytes: 1_000 });
      expect(how).to.equal('estimated');
      expect(found).to.be.within(0.9 * records, 1.1 * records);
    }
  });

  it('names the line that is not UTF-8, wherever a character is torn', async () => {
    const bad = Buffer.from([0x22, 0x63, 0xff, 0x22]);
    const lines = Buffer.from(call.repeat(9_000));
    const late = await expectError(surveyData(write(Buffer.concat([lines, bad]))), 'DATA_INVALID');
    expect(late.message).to.match(/calls\.json:9001: this is not UTF-8\.$/);
    const array = Buffer.concat([Buffer.from(`[\n${call},\n`), bad, Buffer.from(']')]);
    const inArray = await expectError(surveyData(write(array)), 'DATA_INVALID');
    expect(inArray.message).to.match(/calls\.json:4: this is not UTF-8\.$/);
    const torn = Buffer.concat([Buffer.from(call), Buffer.from('é').subarray(0, 1)]);
    expect((await expectError(surveyData(write(torn)), 'DATA_INVALID')).message).to.contain(':2: ');
    const utf16 = Buffer.from(`\ufeff${call}`, 'utf16le');
    expect((await expectError(surveyData(write(utf16)), 'DATA_INVALID')).message).to.contain(
      ':1: ',
    );
    const long = `{"crime_id":"${'é𝒳'.repeat(40_000)}"}\n`;
    expect((await surveyData(write(`x${long}`.slice(1) + long))).records).to.equal(2);
  });

  it('refuses what holds no police call', async () => {
    for (const text of ['', '\n \n', '[]', '\ufeff']) {
      const error = await expectError(surveyData(write(text)), 'DATA_INVALID');
      expect(error.message, JSON.stringify(text)).to.match(/holds no record\.$/);
    }
    const other = await expectError(surveyData(write(`${call}{"id":1}\n`)), 'DATA_INVALID');
    expect(other.message).to.match(/calls\.json:2: this has no field of a police call\.$/);
  });

  it('never opens what is no file', async () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    for (const [path, what] of [
      [folder, 'it is a folder, not a file'],
      [fifo, 'it is a named pipe, not a file'],
      ['/dev/zero', 'it is a device, not a file'],
      [join(folder, 'none'), 'there is no such file'],
      [`${folder}/calls.json/x`, 'a part of its path is a file, not a folder'],
    ] as const) {
      write(call);
      const error = await expectError(surveyData({ kind: 'file', path }), 'DATA_UNREADABLE');
      expect(error.message).to.contain(`${path} cannot be read: `).and.to.contain(what);
    }
  });
});
