import { enough, type FileRow } from './experiments.js';

const noData = { code: 'DATA_UNREADABLE', exitCode: 2 } as const;
const badData = { code: 'DATA_INVALID', exitCode: 2 } as const;
const call = '{"crime_id":"1"}\n';

function dataFiles(
  files: readonly (readonly [name: string, data: NonNullable<FileRow['data']>])[],
  expect: FileRow['expect'],
): FileRow[] {
  return files.map(([name, data]) => ({
    name: `data file: ${name}`,
    door: 'data',
    text: `data: { kind: file, path: calls }\nknobs: { ${enough} }\n`,
    data,
    expect,
  }));
}

export const hostileDataFiles: readonly FileRow[] = [
  ...dataFiles(
    [
      ['not there', { kind: 'none' }],
      ['a folder', { kind: 'folder' }],
      ['a FIFO', { kind: 'fifo' }],
      ['a link to itself', { kind: 'link-loop' }],
    ],
    noData,
  ),
  ...['/dev/zero', '/dev/null', '/dev/tty', '/proc', '/', 'calls/x', 'x'.repeat(300)].map(
    (path): FileRow => ({
      name: `data.path: ${path.slice(0, 40)}`,
      door: 'data',
      text: `data: { kind: file, path: "${path}" }\nknobs: { ${enough} }\n`,
      data: call,
      expect: noData,
    }),
  ),
  ...dataFiles(
    [
      ['empty', ''],
      ['only white space', ' \n\n\t\n'],
      ['only a byte order mark', '\ufeff'],
      ['an empty array', '[]'],
      ['an array that breaks off', '[{"crime_id":"1"}, {"crime'],
      ['an array with a trailing comma', '[{"crime_id":"1"},]'],
      ['text', 'crime_id,city\n1,SF\n'],
      ['a number', '5'],
      ['a JSON text', '"crime_id"'],
      ['null', 'null'],
      ['an object of another schema', '{"id":1,"value":2}'],
      ['an empty object', '{}'],
      ['a record of another schema among calls', `${call}{"id":1}\n`],
      ['an array of numbers', '[1,2,3]'],
      ['an array in an array', '[[{"crime_id":"1"}]]'],
      ['a line that breaks off', `${call}{"crime_id":\n`],
      ['two records on a line', `${call.trim()}${call}`],
      ['Latin-1', Buffer.from('{"city":"M\xfcnchen"}\n', 'latin1')],
      ['UTF-16', Buffer.from(`\ufeff${call}`, 'utf16le')],
      ['a lone continuation byte', Buffer.from([0x80, 0x0a])],
      ['a torn character at the end', Buffer.from([0x22, 0xc3])],
      ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
      ['an overlong NUL', Buffer.from([0x22, 0xc0, 0x80, 0x22])],
      ['NULs', Buffer.alloc(5_000)],
      ['a ZIP file', Buffer.from('PK\x03\x04\x14\x00\x08\xff\xfe', 'latin1')],
      ['a deep array', '['.repeat(100_000)],
      ['a key __proto__', '{"__proto__":{"crime_id":"1"}}'],
    ],
    badData,
  ),
];
