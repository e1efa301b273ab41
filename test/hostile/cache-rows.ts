import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import type { Outcome } from '../helpers/outcome-of.js';

/** One thing that can happen to an installed cache. */
export interface CacheRow {
  readonly name: string;
  readonly door: 'cache';
  readonly harm: (file: string) => void;
  readonly file: string;
  /** What doctor says of it. */
  readonly finds: RegExp;
  /** Whether its size does not show it. */
  readonly sameSize?: boolean;
  /** How `setup` and `run` end. */
  readonly expect: Outcome;
}

const mended = { code: null, exitCode: 0 } as const;
export const spark = 'spark-4.2.0';
export const site = `${spark}/lib/python3.11/site-packages`;
export const jar = 'spark-sql-kafka-0-10_any.jar';
export const folders = ['kafka-4.4.0', 'connector-4.2.0_2.13'];
export const marker = 'streamtune-complete.json';
export const sums = 'streamtune-checksums.json';

const gone = (file: string) => {
  rmSync(file, { recursive: true });
};
const instead = (make: (file: string) => void) => (file: string) => {
  gone(file);
  make(file);
};
const folder = instead((file) => {
  mkdirSync(file);
});
export const pipe = instead((file) => execFileSync('mkfifo', [file]));
export const linkTo = (target: string) =>
  instead((file) => {
    symlinkSync(target, file);
  });
const holding = (text: string) => (file: string) => {
  writeFileSync(file, text);
};

const harms: readonly (readonly [name: string, harm: CacheRow['harm'], finds: RegExp])[] = [
  ['is removed', gone, /is missing/],
  ['is emptied', holding(''), /has 0 of \d+ bytes/],
  [
    'is cut off',
    (file) => {
      truncateSync(file, readFileSync(file).length - 1);
    },
    /has \d of \d bytes/,
  ],
  ['has grown', holding('much longer than before'), /has 23 of \d bytes/],
  ['is a folder', folder, /is a folder/],
  ['is a pipe', pipe, /is not a file/],
  ['is a device', linkTo('/dev/zero'), /is not a file/],
  ['is a dangling link', linkTo('/nothing/here'), /is missing/],
  [
    'is a link to itself',
    (file) => {
      gone(file);
      symlinkSync(basename(file), file);
    },
    /is missing/,
  ],
];

export const files = [
  ...folders.map((one) => `${one}/${jar}`),
  `${site}/pyspark/jars/spark-core_2.13-4.2.0.jar`,
  `${site}/pyspark/bin/spark-submit`,
];

const garbage = [
  '',
  ' ',
  '[',
  '[]',
  '{}',
  'null',
  '"x"',
  '[1]',
  '["../x.jar"]',
  '\0\u0001',
  '{"requirements":3}',
];

const row = (parts: Omit<CacheRow, 'door' | 'expect'>): CacheRow => ({
  ...parts,
  door: 'cache',
  expect: mended,
});

export const cacheRows: readonly CacheRow[] = [
  ...files.flatMap((file) => [
    ...harms.map(([name, harm, finds]) => row({ name: `${file} ${name}`, file, harm, finds })),
    row({
      name: `${file} has other bytes`,
      file,
      harm: (path) => {
        writeFileSync(path, '?'.repeat(readFileSync(path).length));
      },
      finds: /does not match its checksum/,
      sameSize: true,
    }),
  ]),
  ...[...folders, spark].flatMap((one) => [
    ...garbage.map((text) =>
      row({
        name: `the marker of ${one} holds ${JSON.stringify(text)}`,
        file: `${one}/${marker}`,
        harm: holding(text),
        finds: /streamtune-complete\.json is damaged/,
      }),
    ),
    row({
      name: `the marker of ${one} is a folder`,
      file: `${one}/${marker}`,
      harm: folder,
      finds: /streamtune-complete\.json: it is a folder/,
    }),
    row({
      name: `the marker of ${one} is a pipe`,
      file: `${one}/${marker}`,
      harm: pipe,
      finds: /streamtune-complete\.json: it is a named pipe/,
    }),
  ]),
  ...folders.flatMap((one) =>
    ['', '{', '[]', 'null', '[{"path":"other.jar","bytes":4,"sha256":""}]'].map((text) =>
      row({
        name: `the checksums of ${one} hold ${text}`,
        file: `${one}/${sums}`,
        harm: holding(text),
        finds: /streamtune-checksums\.json is damaged/,
      }),
    ),
  ),
  row({
    name: 'Python is gone',
    file: `${spark}/bin/python`,
    harm: linkTo('/old/bin/python3'),
    finds: /its Python was \/old\/bin\/python3, which is gone/,
  }),
  row({
    name: 'Python is removed',
    file: `${spark}/bin/python`,
    harm: gone,
    finds: /bin\/python is missing/,
  }),
  row({
    name: 'Python is a folder',
    file: `${spark}/bin/python`,
    harm: folder,
    finds: /bin\/python is missing/,
  }),
  row({
    name: 'Python is a pipe',
    file: `${spark}/bin/python`,
    harm: pipe,
    finds: /bin\/python is missing/,
  }),
  ...[
    'bin/python',
    'lib/python3.11/site-packages/pyspark/bin/spark-submit',
    'lib/python3.11/site-packages/pyspark/bin/spark-class',
  ].map((file) =>
    row({
      name: `${file} cannot be executed`,
      file: `${spark}/${file}`,
      harm: (path) => {
        chmodSync(path, 0o644);
      },
      finds: /cannot be executed/,
    }),
  ),
  row({
    name: 'the venv has no bin',
    file: `${spark}/bin`,
    harm: gone,
    finds: /bin\/python is missing/,
  }),
  row({
    name: 'the venv has no packages',
    file: site,
    harm: gone,
    finds: /site-packages is missing/,
  }),
  row({
    name: "pip's record is cut off",
    file: `${site}/pyspark-4.2.0.dist-info/RECORD`,
    harm: (path) => {
      truncateSync(path, 100);
    },
    finds: /RECORD is damaged/,
  }),
  row({
    name: "pip's record is emptied",
    file: `${site}/pyspark-4.2.0.dist-info/RECORD`,
    harm: holding(''),
    finds: /RECORD is damaged/,
  }),
  row({
    name: "pip's record is a pipe",
    file: `${site}/pyspark-4.2.0.dist-info/RECORD`,
    harm: pipe,
    finds: /RECORD is damaged/,
  }),
];
