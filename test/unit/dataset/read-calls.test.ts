import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { readSample } from '../../../src/dataset/police-call.js';
import { readCalls } from '../../../src/dataset/read-calls.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { expectError } from '../../helpers/expect-error.js';

describe('readCalls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-calls-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (content: string | Buffer) => {
    const path = join(folder, 'calls.json');
    writeFileSync(path, content);
    return path;
  };
  const read = async (path: string, maxRecords?: number) => {
    const records: unknown[] = [];
    const options = maxRecords === undefined ? { path } : { path, maxRecords };
    for await (const record of readCalls(options)) records.push(JSON.parse(record.toString()));
    return records;
  };
  const two = [{ crime_id: '1' }, { crime_id: 'ü "2" \u2028' }];

  const forms: readonly (readonly [string, string | Buffer])[] = [
    ['a JSON array', JSON.stringify(two)],
    ['an indented JSON array', JSON.stringify(two, null, 2)],
    ['NDJSON', two.map((one) => JSON.stringify(one)).join('\n')],
    [
      'NDJSON with CRLF, empty lines and an end of line',
      two.map((one) => `${JSON.stringify(one)}\r\n\r\n`).join(''),
    ],
    ['a JSON array after a byte order mark', `\uFEFF${JSON.stringify(two)}`],
    ['NDJSON after a byte order mark', `\uFEFF${two.map((one) => JSON.stringify(one)).join('\n')}`],
    ['a JSON array after white space', `\n  ${JSON.stringify(two)}\n`],
  ];
  for (const [name, content] of forms) {
    it(`reads ${name}`, async () => {
      expect(await read(file(content))).to.deep.equal(two);
    });
  }

  it('reads the shipped sample', async () => {
    const calls = await read(projectPath('data/police-department-calls-for-service.json'));
    expect(calls).to.have.length(632);
  });

  it('takes any record as it is where any schema will do', async () => {
    const texts = async (content: string) => {
      const records: string[] = [];
      for await (const record of readCalls({ path: file(content), anySchema: true }))
        records.push(record.toString());
      return records;
    };
    const lines = ['2026-11-26 ERROR it broke', ' indented, 1;2', '{"a": 1 }', '<x/>'];
    expect(await texts(`${lines.join('\r\n')}\n\n`)).to.deep.equal(lines);
    expect(await texts('[1, "a line", {"b": [2]}, null]')).to.deep.equal([
      '1',
      'a line',
      '{"b":[2]}',
      'null',
    ]);
    const latin = join(folder, 'latin');
    writeFileSync(latin, Buffer.from([0x61, 0xe9, 0x0a]));
    await expectError(
      (async () => {
        for await (const record of readCalls({ path: latin, anySchema: true })) record.at(0);
      })(),
      'DATA_INVALID',
    );
  });

  it('stops after as many records as asked for', async () => {
    expect(await read(file(JSON.stringify(two)), 1)).to.deep.equal(two.slice(0, 1));
    expect(await read(file(''), 1)).to.deep.equal([]);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['a line that is no JSON', '{"city":1}\n{"city":\n', ':2: this is no JSON object'],
    ['a line that is no object', '{"city":1}\n\n[1]\n', ':3: this is no JSON object'],
    ['an item that is no object', '[{"city":1}, 7]', ', record 2: this is no JSON object'],
    ['an array that breaks off', '[{"city":1}, {"city":', ', somewhere after record '],
    ['an array with a mistake', '[{"city":1}, {a:2}]', ', somewhere after record '],
    ['a line that is no call', '{"city":1}\n{"a":1}\n', ':2: this has no field of a police call'],
    [
      'an item that is no call',
      '[{"city":1}, {}]',
      ', record 2: this has no field of a police call',
    ],
  ];
  for (const [name, content, message] of wrong) {
    it(`names ${name}`, async () => {
      const path = file(content);
      const error = await expectError(read(path), 'DATA_INVALID');
      expect(error.message).to.contain(`${path}${message}`);
      expect(error.exitCode).to.equal(2);
    });
  }

  it('says which file cannot be read', async () => {
    const missing = join(folder, 'missing.json');
    const error = await expectError(read(missing), 'DATA_UNREADABLE');
    expect(error.message).to.contain(missing).and.to.contain('there is no such file');
    expect((await expectError(read(folder), 'DATA_UNREADABLE')).message).to.contain(
      'it is a folder, not a file',
    );
  });

  it('reads 200,000 records of an array in a heap that could not hold them', async function () {
    this.timeout(60_000);
    const path = join(folder, 'large.json');
    const out = createWriteStream(path);
    let separator = '[';
    for (const call of generateCalls({ sample: readSample(), records: 200_000, seed: 1 })) {
      if (!out.write(`${separator}${call.toString()}`)) {
        await once(out, 'drain');
      }
      separator = ',\n';
    }
    out.end(']');
    await finished(out);
    const script = `
      const { readCalls } = await import(process.argv[1]);
      let records = 0;
      for await (const record of readCalls({ path: process.argv[2] })) records += record.length > 0 ? 1 : 0;
      console.log(records);
    `;
    const module = projectPath('dist/src/dataset/read-calls.js');
    const args = ['--max-old-space-size=32', '--input-type=module', '-e', script, module, path];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).to.equal('200000\n');
  });
});
