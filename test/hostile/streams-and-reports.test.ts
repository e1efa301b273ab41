import { expect } from 'chai';
import { closeSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { dataSink, progressSink } from '../../src/process/output/standard-sinks.js';
import { projectPath } from '../../src/process/project-paths.js';
import { endingOf, testRows, type HostileRow } from './rows.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

/** Where a stream goes: nowhere in particular, to a full disk, or to a reader that has gone. */
type End = 'open' | 'full' | 'gone';

interface Row extends HostileRow {
  readonly args: (places: Places) => readonly string[];
  readonly out?: End;
  readonly err?: End;
}

interface Places {
  readonly folder: string;
  /** A run that has ended, in which one configuration is better and one is worse. */
  readonly run: string;
}

const quick = projectPath('experiments/quick.yaml');
const fine = { code: 'ok', exitCode: 0 } as const;
const found = { code: 'ok', exitCode: 1, says: ['--fail-if: the verdict on 1 config'] } as const;
const lost = { code: 'OUTPUT_LOST', exitCode: 3 } as const;
const refused = { code: 'USAGE', exitCode: 2 } as const;
const unwritable = { code: 'RESULTS_UNWRITABLE', exitCode: 3 } as const;
const world = ({ folder }: Places) => join(folder, 'world.yaml');
const simulated = (places: Places, ...more: readonly string[]) => [
  'run',
  ...[join(places.folder, 'night.yaml'), '--simulate', world(places)],
  ...['--results', join(places.folder, 'results'), ...more],
];

/** Commands that print data. */
const printing: readonly (readonly [string, (places: Places) => readonly string[]])[] = [
  ['knobs', () => ['knobs']],
  ['knobs --json', () => ['knobs', '--json']],
  ['knobs KEY', () => ['knobs', 'spark.sql.shuffle.partitions']],
  ['knobs --search', () => ['knobs', '--search', 'rocksdb']],
  ['plan', () => ['plan', quick]],
  ['plan --json', () => ['plan', quick, '--json']],
  ['plan --budget', () => ['plan', quick, '--budget', '8h']],
  ['lint', () => ['lint', quick]],
  ['lint --json', () => ['lint', quick, '--json']],
  ['generate', () => ['generate', quick]],
  ['report', ({ run }) => ['report', run]],
  ['report --json', ({ run }) => ['report', run, '--json']],
  ['answers', ({ run }) => ['answers', run]],
  ['status', ({ run }) => ['status', run]],
  ['status --json', ({ run }) => ['status', run, '--json']],
  ['run --dry-run', () => ['run', quick, '--dry-run']],
  ['run', (places) => simulated(places)],
  ['run --json', (places) => simulated(places, '--json')],
  ['--help', () => ['--help']],
  ['run --help', () => ['run', '--help']],
];

function streams(): Row[] {
  return printing.flatMap(([name, args]) => {
    const row = { door: 'streams', args } as const;
    return [
      { ...row, name: `${name} to a full disk`, out: 'full', expect: lost },
      { ...row, name: `${name} with progress to a full disk`, err: 'full', expect: fine },
      { ...row, name: `${name} to a reader that has gone`, out: 'gone', expect: fine },
    ];
  });
}

const verdicts: readonly (readonly [string, readonly string[], Row['expect']])[] = [
  ['a verdict that is there', ['verdict=worse'], found],
  ['several, of which one is there', ['verdict=inert,worse'], found],
  ['one that is not there', ['verdict=ineligible'], fine],
  ['spaces around the word', ['verdict= better '], found],
  ['an unknown word', ['verdict=slower'], refused],
  ['a misspelt word', ['verdict=wrose'], refused],
  ['an unknown word among known ones', ['verdict=worse,bad'], refused],
  ['no word', ['verdict='], refused],
  ['an empty word', ['verdict=worse,'], refused],
  ['no key', ['worse'], refused],
  ['another key', ['gain=worse'], refused],
  ['an empty text', [''], refused],
  ['two signs', ['verdict==worse'], refused],
  ['capitals', ['verdict=WORSE'], refused],
  ['a name of every object', ['verdict=constructor'], refused],
  ['control characters', ['verdict=\u001b[31mworse'], refused],
];

const exports: readonly (readonly [string, (places: Places) => string, Row['expect']])[] = [
  ['a new file', ({ folder }) => join(folder, 'new.txt'), fine],
  ['the same file again', ({ folder }) => join(folder, 'new.txt'), fine],
  ['a name with a newline', ({ folder }) => join(folder, 'a\nb'), fine],
  ['a folder', ({ folder }) => folder, unwritable],
  ['a folder that is not there', ({ folder }) => join(folder, 'no', 'such', 'file'), unwritable],
  ['a file below a file', ({ folder }) => join(folder, 'world.yaml', 'x'), unwritable],
  ['an empty path', () => '', refused],
  ['a name that is too long', ({ folder }) => join(folder, 'x'.repeat(5_000)), unwritable],
  ['a full device', () => '/dev/full', lost],
  ['a device that takes all', () => '/dev/null', fine],
];

function reports(): Row[] {
  const row = { door: 'report' } as const;
  return [
    ...verdicts.map(([name, words, expected]) => ({
      ...row,
      name: `--fail-if with ${name}`,
      args: ({ run }: Places) => ['report', run, ...words.flatMap((word) => ['--fail-if', word])],
      expect: expected,
    })),
    ...['markdown', 'csv', 'json'].flatMap((format) =>
      exports.map(([name, path, expected]) => ({
        ...row,
        name: `--export-${format} to ${name}`,
        args: (places: Places) => ['report', places.run, `--export-${format}`, path(places)],
        expect: expected,
      })),
    ),
    {
      ...row,
      name: 'run with an export that cannot be written, which starts nothing',
      args: (places) => simulated(places, '--export-json', places.folder),
      expect: unwritable,
    },
    {
      ...row,
      name: 'run with events to a full device',
      args: (places) => simulated(places, '--events', '/dev/full'),
      expect: lost,
    },
    {
      ...row,
      name: 'run with --fail-if',
      args: (places) => simulated(places, '--fail-if', 'verdict=worse'),
      expect: found,
    },
  ];
}

const table = [...streams(), ...reports()];

describe('hostile streams and reports', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const places = { folder, run: '' };
  const full = openSync('/dev/full', 'w');
  after(() => {
    closeSync(full);
  });

  before(async () => {
    writeFileSync(
      join(folder, 'night.yaml'),
      'version: 1\nname: night\nfactors: { spark.sql.shuffle.partitions: [32, 4, 64] }\ndata: { records: 80000 }\nknobs: { source.maxOffsetsPerTrigger: 4000 }\ndesign: { blocks: 3 }\nmeasurement: { warmup: 1s }\n',
    );
    writeFileSync(
      world(places),
      'version: 1\nnoise: { trial: 1% }\neffects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 60% }, { knobs: { spark.sql.shuffle.partitions: 64 }, gain: -40% }]\n',
    );
    mkdirSync(join(folder, 'first'));
    const { host } = testHost();
    const args = simulated(places).with(5, join(folder, 'first'));
    expect(await runCommandLine(args, host)).to.equal(0);
    const [name = ''] = readdirSync(join(folder, 'first'));
    places.run = join(folder, 'first', name);
  });

  /** A standard stream with this end, as the program makes it. */
  function stream(end: End) {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    let onError: (error: NodeJS.ErrnoException) => void = () => undefined;
    return {
      fd: end === 'full' ? full : -1,
      write: (_text: string, done?: () => void) => {
        if (end === 'gone') onError(gone);
        done?.();
      },
      on: (_event: 'error', listener: typeof onError) => {
        onError = listener;
      },
    };
  }

  it('are at least 80', () => {
    expect(table.length).to.be.at.least(80);
    expect(new Set(table.map(({ name }) => name)).size).to.equal(table.length);
  });

  testRows(
    table,
    async ({ args, out = 'open', err = 'open' }) => {
      const { host, written } = testHost();
      const streams = {
        ...(out === 'open' ? {} : { out: dataSink(stream(out), {}) }),
        ...(err === 'open' ? {} : { err: progressSink(stream(err), {}) }),
      };
      return await endingOf(
        () => runCommandLine([...args(places)], { ...host, ...streams }),
        written,
      );
    },
    { sample: 60, limitMs: 10_000 },
  );
});
